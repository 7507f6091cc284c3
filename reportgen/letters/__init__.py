"""The letters: the templates, what is known to fill them with, and those that are due.

A letter is never trusted, since an owner may write her own, so what it may hold is checked here. Which
letter is due for whom is for ``report`` to say; how it stands on a page, for ``site``.
"""
