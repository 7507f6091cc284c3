"""The options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from reportgen.model import Edition

DONE, NOT_DONE, PROBLEMS = 0, 1, 3
"""The exit codes; click has 2, for wrong usage."""

_YEARS = range(1950, 2200)

Command = TypeVar("Command", bound=Callable[..., Any])

quiet_option = click.option(
    "--quiet", is_flag=True, help="No progress bar and no closing sentence."
)


class AsOf(click.ParamType[date]):
    """A day, or a month that stands for its last day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date that was typed: ``2026-10-31``, or the last day of ``2026-10``."""
        day = value if isinstance(value, date) else _day(str(value).strip())
        if day is None:
            self.fail(
                f"{value!r} is not a date; write 2026-10-31, or 2026-10 for its last day.",
                param,
                ctx,
            )
        return day


def _day(text: str) -> date | None:
    """The day that the text names, of a month its last; None for a year outside _YEARS, or no date."""
    found = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", text, re.ASCII)
    if found is None or int(found[1]) not in _YEARS or int(found[2]) not in range(1, 13):
        return None
    import calendar  # for which --help need not wait

    year, month = int(found[1]), int(found[2])
    last = calendar.monthrange(year, month)[1]
    day = int(found[3] or last)
    return date(year, month, day) if 1 <= day <= last else None


book_argument = click.argument("book", type=click.Path(path_type=Path))
as_of_option = click.option(
    "--as-of",
    type=AsOf(),
    help="The day the report is about: 2026-10-31, or 2026-10 for its last day.  [default: today]",
)
config_option = click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Your settings and column names, as `reportgen init` writes them.  "
    "[default: reportgen.toml beside BOOK, if there is one]",
)
EDITIONS = ("owner", "coach", "accountant", "public")
"""The values of Edition, spelled here so that ``--help`` need not import the model."""


def _edition(_context: click.Context, _option: click.Parameter, named: str) -> Edition:
    from reportgen.model import Edition

    return Edition(named)


edition_option = click.option(
    "--edition",
    type=click.Choice(EDITIONS),
    default=EDITIONS[0],
    show_default=True,
    callback=_edition,
    help="For whom it is: what the others should not see is taken out before anything is counted.",
)
cohort_edition_option = click.option(
    "--edition",
    type=click.Choice(("coach", "owner")),
    default="coach",
    show_default=True,
    callback=_edition,
    help="For whom each site is; the overview names no client in either.",
)
"""The other editions leave out what owners are compared by."""
product_option = click.option(
    "--as",
    "product",
    metavar="PRODUCT",
    help="Which product exported BOOK, where two could have; the message that asks for it names them.",
)


def out_option(default: str, whose: str) -> Callable[[Command], Command]:
    """The option for the folder that a command writes."""
    return click.option(
        "-o",
        "--out",
        metavar="DIR",
        type=click.Path(path_type=Path),
        default=Path(default),
        show_default=True,
        help=f"{whose} Only a new or empty folder, or one that reportgen made, is replaced.",
    )


def common_options(command: Command) -> Command:
    """The options that every command has which reads a workbook."""
    return as_of_option(config_option(product_option(quiet_option(command))))
