"""The command line: what is typed, what is asked for, what is said, and the exit code.

Nothing is worked out here: a command makes a job, has it run, and says what came of it.
"""
