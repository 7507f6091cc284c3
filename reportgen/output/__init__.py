"""Where files go: into a folder that is swapped in whole, and never into one that is on the web.

What the files say belongs to the floors above. Nothing here knows of workbooks or pages.
"""
