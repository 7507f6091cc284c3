"""The site: from a report to the texts of its pages, in HTML and Markdown.

``files`` lists the files of an edition, ``shared`` holds what several pages need, and each module of
``pages`` is one page. Nothing here works a figure out or touches the disk: figures come from ``report``,
and ``build`` writes.
"""
