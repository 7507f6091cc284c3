"""What ``python -m reportgen`` runs."""

from __future__ import annotations

from reportgen.cli.commands import main

if __name__ == "__main__":
    main()
