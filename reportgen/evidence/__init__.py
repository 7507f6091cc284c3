"""What is known of one client up to a day: the rows, the purchases and the silence."""
