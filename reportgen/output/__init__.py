"""The folder that is written, and whether it is already on the web."""
