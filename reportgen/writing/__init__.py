"""The files that reportgen writes for the owner to fill in: a starter workbook, a marked copy."""
