"""From a file of any spreadsheet program to a Book, with a Problem for every cell that cannot be used.

Nothing is guessed and nothing is dropped without a word. What the rows come to belongs to ``evidence``
and ``analyses``.
"""
