"""The settings: each declared once with its default, in the owner's words, and the file that sets them.

The Business sheet sets them too; how its cells are read belongs to ``reading``. Figures are not worked
out here.
"""
