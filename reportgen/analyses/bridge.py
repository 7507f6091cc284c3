"""From the sales of the year before to those of this one: what went, and what came (SPEC 4)."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from decimal import Decimal
from enum import StrEnum

from reportgen.evidence.evidence import Evidence
from reportgen.periods import Window
from reportgen.values import dataclass


class StepName(StrEnum):
    """The steps in order: from the first sum by the five between to the last."""

    BEFORE = "before"
    NOT_BACK = "not back"
    LESS = "less"
    MORE = "more"
    WON_BACK = "won back"
    NEW = "new"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the bridge."""

    name: StepName
    amount: Decimal
    """Of BEFORE and NOW the sum; of the others what they add, below 0 where they take away."""
    clients: tuple[str, ...]
    """Those behind it, who moved most first."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """The sales of two years, and the steps from one to the other: to the penny they add up."""

    earlier: Window
    later: Window
    steps: tuple[Step, ...]

    def amount(self, name: StepName) -> Decimal:
        """What one of the steps comes to."""
        return next(step.amount for step in self.steps if step.name is name)


def bridge(
    everyone: Sequence[Evidence],
    windows: tuple[Window, Window],
    *,
    kept: Container[str],
    new: Container[str],
    won_back: Container[str],
) -> Bridge:
    """The steps from the sales of the first window to those of the second.

    ``kept``, ``new`` and ``won_back`` name the clients of this year by what they were the year before.
    Those kept spend less or more; all others are not back, whatever is refunded to them.
    """
    earlier, later = windows
    moved = [_Moved(seen.name, seen.sales_in(earlier), seen.sales_in(later)) for seen in everyone]

    def step(one: _Moved) -> StepName:
        if one.client in kept:
            return StepName.LESS if one.difference < 0 else StepName.MORE
        if one.client in new:
            return StepName.NEW
        return StepName.WON_BACK if one.client in won_back else StepName.NOT_BACK

    steps = [_made(StepName.BEFORE, moved, lambda one: one.earlier)]
    for name in (StepName.NOT_BACK, StepName.LESS, StepName.MORE, StepName.WON_BACK, StepName.NEW):
        of_step = [one for one in moved if step(one) is name]
        steps.append(_made(name, of_step, lambda one: one.difference))
    steps.append(_made(StepName.NOW, moved, lambda one: one.later))
    return Bridge(earlier, later, tuple(steps))


@dataclass(frozen=True, slots=True)
class _Moved:
    client: str
    earlier: Decimal
    later: Decimal

    @property
    def difference(self) -> Decimal:
        return self.later - self.earlier


def _made(name: StepName, moved: Sequence[_Moved], part: Callable[[_Moved], Decimal]) -> Step:
    """A step of these clients, without those who add nothing to it."""
    counted = sorted(
        (one for one in moved if part(one)), key=lambda one: (-abs(part(one)), one.client)
    )
    amount = sum((part(one) for one in counted), Decimal())
    return Step(name, amount, tuple(one.client for one in counted))
