"""The figures by name: their catalogue, and the forms that are made from it."""
