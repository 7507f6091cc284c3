"""The analyses: what the rows of clients come to, one question of SPEC a module.

Each is a pure function of evidence, settings and a date, and none imports another, so that any of them
can be read, tested and changed alone. Statistics that know no client belong in ``estimates``, what
several analyses make together in ``report``, and words for a page in ``site``.
"""
