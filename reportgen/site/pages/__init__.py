"""The pages, one module each: the question, the sentence that answers it, and the finished rows.

A page imports no other page. What two of them share stands in ``site``; how a row looks, in the templates.
"""
