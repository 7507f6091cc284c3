"""The figures of one client."""
