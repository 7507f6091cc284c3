"""Editions: the book as one kind of reader may see it, made before any analysis."""
