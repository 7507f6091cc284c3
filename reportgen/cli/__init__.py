"""The command line: what is typed, asked and said; it works nothing out."""
