"""The figures by name: each declared once, with its rule, its value, its words and who may see it.

JSON, the excerpts of the shared editions, ``explain`` and Method are made from the declarations. How a
figure is worked out belongs in ``analyses``; where it stands on a page, in ``site``.
"""
