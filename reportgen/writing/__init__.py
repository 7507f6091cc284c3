"""The files that reportgen writes for the owner to work on: a starter workbook with its settings, and a
marked copy of her own workbook.

What a sheet may hold is declared in ``reading`` and ``settings``; pages and letters are made elsewhere.
"""
