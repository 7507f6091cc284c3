"""What the reader cannot tell of a file, found before it is read: its size, errors, formulas."""
