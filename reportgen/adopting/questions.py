"""What only the owner can say, as questions: each is made of what reading itself leaves open.

An answer is a line or two of reportgen.toml that make reading certain. The first reply of each question
is the one that we would give.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from reportgen import words
from reportgen.adopting.adopted import Entry, Question, Reply
from reportgen.adopting.sources import Sources
from reportgen.problems import Doubt, Problem
from reportgen.reading.book import Gathered
from reportgen.reading.cells import Grid, Value, as_text, filled, one_line, shown
from reportgen.reading.columns import READ_ME, TOUCHPOINTS
from reportgen.reading.dates import date_order, read_birthday
from reportgen.reading.refusal import Shut, shut
from reportgen.reading.times import meant
from reportgen.settings.configuration import NOTHING, Configuration
from reportgen.settings.kinds import CellKind, DateOrder
from reportgen.words import plain

_SHOWN = 3
"""How many cells a question shows."""
_OF_A_COLUMN: Mapping[str, str] = {
    "Date": "Which column of {table} is the day?",
    "Client": "Which column of {table} says who it was with?",
    "Amount": "Which column of {table} is the amount of a sale?",
}


def questions_of(
    found: Gathered, sources: Sources, configuration: Configuration
) -> tuple[Question, ...]:
    """What the owner has to say before these files can be read whole; nothing that is asked twice.

    A table is asked about before its rows are.
    """
    asking = _Asking(found, sources, configuration)
    asked = [*asking.of_shut_tables(), *asking.of_problems(_OF_TABLES)]
    if not asked:
        asked = [*asking.of_problems(_OF_CELLS)]
    # One answer settles a doubt in all its cells.
    return tuple({one.replies[0].entries: one for one in reversed(asked)}.values())[::-1]


class _Asking:
    """Makes the questions of one reading."""

    def __init__(self, found: Gathered, sources: Sources, configuration: Configuration) -> None:
        self.found, self.sources, self.configuration = found, sources, configuration
        self.grids = {grid.sheet: grid for grid in sources.grids}

    def of_problems(self, makers: Mapping[Doubt, _Maker]) -> Iterator[Question]:
        """The questions that these doubts of reading make."""
        for problem in self.found.problems:
            if problem.doubt is not None and problem.doubt in makers:
                yield makers[problem.doubt](self, problem)

    def of_shut_tables(self) -> Iterator[Question]:
        """Which columns are the needed ones, in files of which no table can be read."""
        tables = [one for one in self.found.recognised.layouts if one.columns]
        read = {
            self.sources.files[one.grid.sheet]
            for one in tables
            if not one.sheet.lacking({column.field for _, column, _ in one.columns})
        }
        asked = {one.where.sheet for one in self.found.recognised.questions}
        for grid in self.sources.grids:
            if self.sources.files[grid.sheet] in read or grid.sheet in asked or _left(self, grid):
                continue
            table = shut([grid], self.configuration.columns, self.found.settings)
            if table is not None and table.missing and table.likelihood[0]:
                yield from self._columns(table)

    def _columns(self, table: Shut) -> Iterator[Question]:
        for name in table.missing:
            headers = table.candidates[name]
            replies = [Reply(f"“{one}”", (Entry("columns", name, one),)) for one in headers]
            if name == "Amount":
                none = tuple(Entry("columns", NOTHING, one) for one in headers)
                replies.append(Reply("none of them: the rows are contacts, not sales", none))
            leave = Entry("sheets", NOTHING, table.sheet)
            if self.grids[table.sheet].named:
                replies.append(Reply("leave this table out", (leave,)))
            shows = tuple(f"“{one}”: {self.cells(table.sheet, one)}" for one in headers)
            yield Question(
                _OF_A_COLUMN[name].format(table=self.sources.titles[table.sheet]),
                shows,
                tuple(replies),
            )

    # Parts of a question -------------------------------------------------------------------------
    def header(self, problem: Problem) -> str:
        """The header at the top of the problem's column; of two tables on a sheet in the one above it."""
        row = max(
            (
                one.header_row
                for one in self.found.recognised.layouts
                if one.grid.sheet == problem.where.sheet and one.header_row < problem.where.row
            ),
            default=problem.where.row - 1,
        )
        return self.text(problem.where.sheet, row, problem.where.column - 1)

    def text(self, sheet: str, row: int, column: int) -> str:
        """A cell of her files as one line."""
        cells = self.grids[sheet].rows[row] if row < len(self.grids[sheet].rows) else ()
        return one_line(as_text(cells[column])) if column < len(cells) else ""

    def below(self, problem: Problem) -> list[Value]:
        """The filled cells below a header that is the problem's cell."""
        at = problem.where.column - 1
        rows = self.grids[problem.where.sheet].rows[problem.where.row :]
        return [row[at] for row in rows if at < len(row) and filled(row[at])]

    def where(self, problem: Problem, header: str) -> str:
        """``“Time” of jobs.csv``."""
        return f"“{header}” of {self.sources.titles[problem.where.sheet]}"

    def cells(self, sheet: str, header: str) -> str:
        """The first few different cells below a header."""
        for at, row in enumerate(self.grids[sheet].rows):
            for index, cell in enumerate(row):
                if isinstance(cell, str) and plain(cell) == plain(header):
                    rows = self.grids[sheet].rows[at + 1 :]
                    return _examples(
                        [r[index] for r in rows if index < len(r) and filled(r[index])]
                    )
        return ""


def _left(asking: _Asking, grid: Grid) -> bool:
    """Whether a table is not to be asked about: it is blank, or the owner has said so."""
    said = asking.configuration.sheets.get(plain(grid.sheet), "")
    return grid.sheet == READ_ME or plain(said) == NOTHING


def _examples(cells: Sequence[Value]) -> str:
    return ", ".join([*dict.fromkeys(map(shown, cells))][:_SHOWN])


_Maker = Callable[[_Asking, Problem], Question]


def _amount(asking: _Asking, problem: Problem) -> Question:
    table = asking.sources.titles[problem.where.sheet]
    row = problem.where.row - 1
    header = {asking.text(problem.where.sheet, row, at) for at in range(_WIDEST)}
    names = [one for one in re.findall("“([^”]+)”", problem.found) if one in header]
    amounts = [Reply(f"“{one}”", (Entry("columns", "Amount", one),)) for one in names]
    none = tuple(Entry("columns", NOTHING, one) for one in names)
    replies = (*amounts, Reply("none of them: the rows are contacts, not sales", none))
    shows = tuple(f"“{one}”: {asking.cells(problem.where.sheet, one)}" for one in names)
    return Question(_OF_A_COLUMN["Amount"].format(table=table), shows, replies)


_WIDEST = 200
"""Columns among which the header of an amount is looked for."""


def _billable(asking: _Asking, problem: Problem) -> Question:
    header = asking.header(problem)
    return Question(
        f"Did you invoice what stands in {asking.where(problem, header)}?",
        (_examples(asking.below(problem)),),
        (
            Reply("no, or not yet: the time alone counts", (Entry("columns", NOTHING, header),)),
            Reply("yes: each amount is a sale, too", (Entry("columns", "Amount", header),)),
        ),
    )


def _contacts(_asking: _Asking, problem: Problem) -> Question:
    sheet = problem.where.sheet
    return Question(
        f"Are the rows of “{sheet}” contacts with clients?",
        (),
        (
            Reply("yes", (Entry("sheets", TOUCHPOINTS.name, sheet),)),
            Reply("no: leave it out", (Entry("sheets", NOTHING, sheet),)),
        ),
    )


def _day_order(asking: _Asking, problem: Problem) -> Question:
    header = asking.header(problem)
    text = asking.text(problem.where.sheet, problem.where.row - 1, problem.where.column - 1)
    orders = [DateOrder.DMY, DateOrder.MDY]
    if _likely_order(asking) == DateOrder.MDY:
        orders.reverse()
    replies = tuple(
        Reply(_in_order(text, order), (Entry("settings", "date_order", order),)) for order in orders
    )
    return Question(f"Which day is {text} in {asking.where(problem, header)}?", (), replies)


def _in_order(text: str, order: DateOrder) -> str:
    day = read_birthday(text, order)
    first = "day" if order == DateOrder.DMY else "month"
    return f"{words.day(day) if isinstance(day, date) else text} ({first} first)"


def _likely_order(asking: _Asking) -> DateOrder | None:
    """The order that other columns of dates show; else the month first where dollars are counted."""
    for layout in asking.found.recognised.layouts:
        for _, column, _ in layout.columns:
            if column.kind == CellKind.DATE:
                order = date_order(layout.cells(column.field), None)
                if order is not None:
                    return order
    return DateOrder.MDY if asking.found.settings.currency == "USD" else None


def _person(asking: _Asking, problem: Problem) -> Question:
    at = problem.where
    header = asking.text(at.sheet, at.row - 1, at.column - 1)
    return Question(
        f"Who is in {asking.where(problem, header)}: your clients, or you and who works with you?",
        (_examples(asking.below(problem)),),
        (
            Reply("the clients", (Entry("columns", "Client", header),)),
            Reply("you, or who works with you", (Entry("columns", NOTHING, header),)),
        ),
    )


def _quantity(asking: _Asking, problem: Problem) -> Question:
    at = problem.where
    header = asking.text(at.sheet, at.row - 1, at.column - 1)
    return Question(
        f"Does {asking.where(problem, header)} say how many were sold at that price?",
        (_examples(asking.below(problem)),),
        (
            Reply(
                "yes: the amount is one times the other", (Entry("columns", "Quantity", header),)
            ),
            Reply("no: the price is what they paid", (Entry("columns", NOTHING, header),)),
        ),
    )


def _status(asking: _Asking, problem: Problem) -> Question:
    at = problem.where
    word = asking.text(at.sheet, at.row - 1, at.column - 1)
    header = asking.header(problem)
    return Question(
        f"What does “{word}” in {asking.where(problem, header)} say of a row? "
        f"({words.count(problem.rows, 'row')})",
        (),
        tuple(
            Reply(says, (Entry("words", meaning, word),))
            for says, meaning in (
                ("it happened, and counts", "happened"),
                ("it has not happened yet: a plan", "open"),
                ("it did not happen, or was called off", "not_happened"),
                ("money went back", "returned"),
                ("it has nothing to do with clients", "no_sale"),
            )
        ),
    )


def _time(asking: _Asking, problem: Problem) -> Question:
    at = problem.where
    header = asking.text(at.sheet, at.row - 1, at.column - 1)
    replies = [
        Reply("the time of day when it began", (Entry("columns", "Start", header),)),
        Reply("how long it took", (Entry("columns", "Minutes", header),)),
    ]
    cells = asking.below(problem)
    if meant(cells) == "length":
        replies.reverse()
    return Question(
        f"What does {asking.where(problem, header)} say?", (_examples(cells),), tuple(replies)
    )


def _unit(asking: _Asking, problem: Problem) -> Question:
    at = problem.where
    header = asking.header(problem)
    text = asking.text(at.sheet, at.row - 1, at.column - 1)
    return Question(
        f"What is {text} in {asking.where(problem, header)}?",
        (),
        (
            Reply(f"{text} h", (Entry("columns", "Time in hours", header),)),
            Reply(f"{text} min", (Entry("columns", "Time in minutes", header),)),
        ),
    )


_OF_TABLES: Mapping[Doubt, _Maker] = {
    Doubt.AMOUNT: _amount,
    Doubt.CONTACTS: _contacts,
    Doubt.BILLABLE: _billable,
    Doubt.PERSON: _person,
    Doubt.QUANTITY: _quantity,
    Doubt.TIME: _time,
}
_OF_CELLS: Mapping[Doubt, _Maker] = {
    Doubt.DAY_ORDER: _day_order,
    Doubt.STATUS: _status,
    Doubt.UNIT: _unit,
}
