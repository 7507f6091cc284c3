"""The figures of all clients together, a module a part of the JSON form."""
