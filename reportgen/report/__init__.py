"""The report: everything that a page may know, in one value.

Findings are all analyses at one date; around them stand the outlook, the history, what changed and what
to do. An analysis that stands alone belongs in ``analyses``; how a page says and shows it, in ``site``.
"""
