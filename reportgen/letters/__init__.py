"""The letters: the templates, what is known to fill them with, and those that are due."""
