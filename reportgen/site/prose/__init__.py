"""The letter's sentences, a folder a language: functions from facts to finished words.

It is given names, numbers and days (``reportgen/site/monthly/``), and no other module writes a sentence of
the letter.
"""
