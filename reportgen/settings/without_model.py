"""What holds where no business model is set (SPEC 3 and 5)."""

RED_LINE_DAYS = 60
"""Our red line."""

LOYAL_FROM = 4
"""Purchase days."""

HUMAN_CONNECTION_TOUCHES = 4
"""Relationship-building touches a year."""
