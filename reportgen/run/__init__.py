"""The walk in a process of its own, under limits of memory and time.

The command line hands in a job and gets an answer, or one sentence that says why there is none. What
is read, worked out and written belongs to the floors below; what is printed belongs to ``cli``.
"""
