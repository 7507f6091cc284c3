"""How to start a function of this package in a Python of its own."""

from __future__ import annotations

import sys
from pathlib import Path


def command(module: str, function: str) -> list[str]:
    """The command that runs a function without arguments, from the folder that this package lies in.

    ``-P`` keeps the current folder off the import path, where an owner's csv.py would pass for Python's.
    Garbage is not collected: the life is short, with few circles, and collecting would be a tenth of it.
    """
    here = str(Path(__file__).resolve().parents[1])
    ready = f"import gc, sys; gc.disable(); sys.path.append({here!r})"
    return [sys.executable, "-P", "-c", f"{ready}; from {module} import {function}; {function}()"]
