"""What is known of one client up to a day: the rows, the purchases, the silence and the red line.

Every analysis starts from here. What the evidence means belongs to ``analyses``.
"""
