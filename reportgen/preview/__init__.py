"""The preview on this machine, made anew whenever the workbook is saved."""
