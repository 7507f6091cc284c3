"""Whether a file is safe to read, and what the spreadsheet library cannot tell of it.

Everything here works on bytes, before the library sees them; an .ods needs no library and is read here.
What the cells mean belongs to ``reading``.
"""
