"""The forms in which a report can come."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """How many files a report is, and whether they can be read without a passphrase."""

    SITE = "site"
    """A folder of pages."""
    SINGLE = "single"
    """All pages in one HTML file."""
    LOCKED = "locked"
    """All pages in one HTML file that a passphrase opens."""
