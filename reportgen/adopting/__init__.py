"""From the files that an owner has to a workbook of ours: what is found, what is asked, what is written.

Reading the files belongs to ``reading``, asking on the terminal to ``cli``.
"""
