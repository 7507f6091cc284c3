"""The eleven kinds of touchpoint (002): which of them a client was given (SPEC 7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportgen.evidence.evidence import Evidence
from reportgen.model import Kind, Touchpoint
from reportgen.problems import Row
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Coverage:
    """One kind in W."""

    kind: Kind
    touchpoints: int
    minutes: int
    last: date | None
    """The day of the last one in W; None without any."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """The eleven kinds for one client, or for everyone."""

    kinds: tuple[Coverage, ...]
    """All eleven, in 002's order."""
    without_kind: tuple[Row, ...]
    """The touchpoints in W that belong to no kind: their activity is blank or not known."""
    never: tuple[Kind, ...]
    """The kinds without any touchpoint up to the as-of date, in 002's order."""

    @property
    def covered(self) -> int:
        """How many of the eleven were used in W, 0–11."""
        return sum(one.touchpoints > 0 for one in self.kinds)

    def has(self, kind: Kind) -> bool:
        """Whether one of the eleven was used in W."""
        return any(one.kind is kind and one.touchpoints > 0 for one in self.kinds)

    @property
    def share(self) -> float:
        """The share of the eleven that was used in W, 0–1."""
        return self.covered / len(Kind)


def mix(seen: Evidence) -> Mix:
    """One client's coverage of the eleven kinds."""
    return _mix([seen])


def mix_of_all(everyone: Sequence[Evidence]) -> Mix:
    """The coverage over all clients; without any, every kind is among those never used."""
    return _mix(everyone)


def _mix(everyone: Sequence[Evidence]) -> Mix:
    lately: dict[Kind | None, list[Touchpoint]] = {kind: [] for kind in (*Kind, None)}
    for seen in everyone:
        for touchpoint in seen.lately:
            lately[touchpoint.activity.kind].append(touchpoint)
    ever = {touchpoint.activity.kind for seen in everyone for touchpoint in seen.touchpoints}
    return Mix(
        kinds=tuple(
            Coverage(
                kind=kind,
                touchpoints=len(of_kind),
                minutes=sum([t.minutes for t in of_kind]),
                last=max([t.date for t in of_kind], default=None),
                rows=tuple([t.row for t in of_kind]),
            )
            for kind, of_kind in lately.items()
            if kind is not None
        ),
        without_kind=tuple(t.row for t in lately[None]),
        never=tuple(kind for kind in Kind if kind not in ever),
    )
