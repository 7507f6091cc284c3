"""How to start a function of this package in a Python of its own."""

from __future__ import annotations

import sys
from pathlib import Path


def command(module: str, function: str) -> list[str]:
    """The command that runs a function without arguments, from the folder that this package lies in.

    ``-P`` keeps the current folder off the import path, where an owner's csv.py would pass for Python's.
    """
    here = str(Path(__file__).resolve().parents[1])
    code = f"import sys; sys.path.append({here!r}); from {module} import {function}; {function}()"
    return [sys.executable, "-P", "-c", code]
