"""Plain English: short sentences, the owner's words, no double negative."""
