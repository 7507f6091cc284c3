"""Section 6: out of hours, out of scope, and how much it weighs."""

from __future__ import annotations

from oracle.answers import answer_to, is_message
from oracle.past import Past
from oracle.red_line import works


def starts_out_of_hours(row, settings) -> bool:
    """“Starts before Opens, at or after Closes, or on a non-working day or public holiday”."""
    if not row.start:
        return False
    return not works(settings, row.date) or not settings.opens <= row.start < settings.closes


class Boundaries:
    """What crossed a line in W."""

    def __init__(self, past: Past) -> None:
        self.past, self.rows = past, past.year_touchpoints
        settings = past.settings
        self.timed = [row for row in self.rows if row.start and not row.urgent]
        self.answers = {}
        self.out_of_hours = []
        for row in self.timed:
            if not starts_out_of_hours(row, settings):
                continue
            if is_message(row):
                answer = answer_to(past, row)
                if not answer or answer.urgent or not starts_out_of_hours(answer, settings):
                    continue
                self.answers[id(row)] = answer
            self.out_of_hours.append(row)
        self.out_of_scope = [row for row in self.rows if row.in_scope is False]

    @property
    def crossing_minutes(self) -> int:
        """“Out-of-hours non-urgent + out-of-scope minutes”, those of a row once."""
        rows = {id(row): row.minutes for row in (*self.out_of_hours, *self.out_of_scope)}
        return sum(rows.values())

    @property
    def crossings(self) -> int:
        """Crossings: a message and the answer out of hours “are one crossing”."""
        rows = {id(self.answers.get(id(row), row)) for row in self.out_of_hours}
        scope = {id(self.answers.get(id(row), row)) for row in self.out_of_scope}
        return len(rows | scope)

    @property
    def load(self) -> float | None:
        """“÷ minutes in W; n/a under 5 touchpoints”."""
        minutes = sum(row.minutes for row in self.rows)
        if len(self.rows) < self.past.settings.boundary_touchpoints or not minutes:
            return None
        return self.crossing_minutes / minutes

    @property
    def level(self) -> str | None:
        """“Fine < 0.10, watch < 0.25, act ≥ 0.25 … *act* and *watch* take at least three crossings”."""
        settings = self.past.settings
        if self.load is None:
            return None
        if self.load < settings.boundary_watch or self.crossings < 3:
            return "fine"
        return "watch" if self.load < settings.boundary_act else "act"

    def share(self, *directions: str) -> float | None:
        """“Over timed, non-urgent touchpoints in W”."""
        if not self.timed:
            return None
        rows = self.out_of_hours
        if directions:
            rows = [row for row in rows if row.direction in directions]
        return len(rows) / len(self.timed)

    def off_channel(self) -> int:
        """“A channel not among the preferred”."""
        preferred = {name.casefold() for name in self.past.settings.preferred_channels}
        return sum(
            bool(preferred and row.channel and row.channel.casefold() not in preferred)
            for row in self.rows
        )


def figures(past: Past) -> dict:
    """What section 6 says of a client."""
    own = Boundaries(past)
    return {
        "out_of_hours_share": own.share(),
        "asked_share": own.share("in"),
        "offered_share": own.share("out"),
        "off_channel": own.off_channel(),
        "out_of_scope_minutes": sum(row.minutes for row in own.out_of_scope),
        "boundary_load": own.load,
        "level": own.level,
        "crossings": own.crossings,
    }
