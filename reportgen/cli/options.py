"""The options that commands of several modules share."""

from __future__ import annotations

import click

quiet_option = click.option(
    "--quiet", is_flag=True, help="No progress bar and no closing sentence."
)
