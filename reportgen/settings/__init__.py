"""Every threshold by name, its words, and the file that sets it."""
