"""All tables in one .xlsx file: the owner's ledgers and the figures."""
