"""The forms that a finished site can take: a folder, one file, one locked file.

A form changes how the pages are packed, never what they say; who may see what belongs to ``editions``.
"""
