"""From a file of any spreadsheet program to a Book, with a Problem for every cell not usable."""
