"""Estimates: the statistics that a figure may rest on, from plain numbers alone.

Survival curves, the models of buying and of value, the formula of trust, and what each of them needs
before it may speak.
Nothing here knows a client, a workbook or a setting: what the numbers mean is for ``analyses`` to say.
"""
