"""The analyses: pure functions of relationships, settings and a date; none imports another."""
