"""What other products export, each declared in a file: which table it is, and where each column goes.

A new product is a new ``.toml`` file here; docs/products.md says how to write one.
"""
