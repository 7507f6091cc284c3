"""The pictures: over all clients by matplotlib, of one client from a template."""
