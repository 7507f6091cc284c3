"""The tables of a report as one .xlsx file: the owner's ledgers and the figures.

Here stand the columns, their totals and how a cell looks in a spreadsheet. Figures come from the report
as they are; a new one belongs in ``analyses``.
"""
