"""The plan of the month: what is due, one message a client, in the order of what is at stake (SPEC 9).

Which causes a message has and which letters speak of them is said here; its words are for ``letters``.
"""
