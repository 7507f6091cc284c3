"""Editions: the book and the settings as one kind of reader may see them.

The book is redacted before any analysis, so nothing later can leak what is gone. Who may see what stands in
``policy``, in one table of sight; no page, template or format decides it again.
"""
