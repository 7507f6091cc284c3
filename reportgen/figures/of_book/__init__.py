"""The figures of all clients together."""
