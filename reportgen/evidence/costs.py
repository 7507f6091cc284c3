"""What touchpoints cost: the owner's time, and what she paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reportgen.model import Touchpoint
from reportgen.settings.settings import Settings


def cost(touchpoints: Sequence[Touchpoint], settings: Settings) -> Decimal | None:
    """Hours × hourly rate + the touchpoints' own costs; None where there are minutes and no rate is set."""
    spent = sum((t.cost for t in touchpoints if t.cost is not None), Decimal())
    minutes = sum(touchpoint.minutes for touchpoint in touchpoints)
    if not minutes:
        return spent
    return None if settings.hourly_rate is None else spent + minutes * settings.hourly_rate / 60


def is_recorded(touchpoints: Iterable[Touchpoint]) -> bool:
    """Whether any of them has minutes or a cost: what nobody wrote down is not known to be nothing."""
    return any(t.minutes or t.cost is not None for t in touchpoints)
