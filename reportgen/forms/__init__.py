"""The forms a site can take: one file, or one locked file."""
