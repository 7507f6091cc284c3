"""The pictures: over all clients by matplotlib, of one client from an SVG template.

A picture is given its figures and draws them; which pictures a page wants is for ``site`` to say, and
what they show is computed in ``analyses``.
"""
