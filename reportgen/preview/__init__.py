"""The preview on this computer: the site, made anew whenever something is saved.

It runs the same walk as ``build`` and shows what comes of it; it adds no page and no figure.
"""
