"""The pictures, from SVG templates: over all clients, and of one client.

A picture is given its figures and draws them; which pictures a page wants is for ``site`` to say, and
what they show is computed in ``analyses``.
"""
