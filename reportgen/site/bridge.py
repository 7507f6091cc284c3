"""How last year's sales became this year's: the sentence and the rows that the Value page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen import words
from reportgen.analyses.bridge import Bridge, Step, StepName
from reportgen.periods import Window, year_to
from reportgen.pictures.bars import BridgeStep, bridge
from reportgen.pictures.drawing import Chart
from reportgen.site.layout import Names
from reportgen.site.shared import Site

_NAMES = 8
"""How many clients a step names."""

_LABELS: Mapping[StepName, str] = {
    StepName.NOT_BACK: "From clients who are not back",
    StepName.LESS: "Less from those who stayed",
    StepName.MORE: "More from those who stayed",
    StepName.WON_BACK: "From clients won back",
    StepName.NEW: "From new clients",
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step with those behind it."""

    label: str
    amount: str
    is_sum: bool
    number: int
    """How many clients are behind it."""
    names: Names
    """The first of them, who moved most first; of a sum, nobody."""


@dataclass(frozen=True, slots=True)
class BridgeShown:
    """The steps from one year to the next."""

    said: str
    """What went and what came, in a sentence."""
    months: str
    """Which months are compared, where the year before is not recorded whole; else empty."""
    rows: tuple[StepRow, ...]
    picture: Chart | None


def bridge_picture(site: Site) -> Iterator[Chart]:
    """The steps as a picture, where two years can be compared and somebody bought in one of them."""
    found = site.report.found.bridge
    if found is None:
        return
    rows = [(step, _row(site, found, step)) for step in found.steps if step.clients]
    if rows:
        steps = [
            BridgeStep(row.label, float(step.amount), row.amount, row.is_sum) for step, row in rows
        ]
        yield bridge("bridge", _said(site, found), steps)


def bridge_shown(site: Site) -> BridgeShown | None:
    """What the page shows of the bridge; None where two years cannot be compared."""
    found = site.report.found.bridge
    if found is None:
        return None
    is_whole = found.later == year_to(site.report.as_of)
    return BridgeShown(
        said=_said(site, found),
        months=""
        if is_whole
        else f"Sales of all of {_span(found.earlier)} are recorded, so these months are held against "
        f"{_span(found.later)}.",
        rows=tuple(_row(site, found, step) for step in found.steps if step.clients),
        picture=site.pictures.get("bridge"),
    )


def _said(site: Site, found: Bridge) -> str:
    """What went with clients, what those who stayed changed, what new ones brought; only what is not 0."""
    steps = {step.name: step for step in found.steps}
    gone, back, new = (steps[n] for n in (StepName.NOT_BACK, StepName.WON_BACK, StepName.NEW))
    more = steps[StepName.MORE].amount + steps[StepName.LESS].amount
    said = []
    if gone.amount < 0:
        clients = words.count_in_words(len(gone.clients), "client")
        said.append(f"{site.money(-gone.amount)} went with {clients} not back")
    if more:
        said.append(
            f"those who stayed spent {site.money(abs(more))} {'more' if more > 0 else 'less'}"
        )
    for step, which in ((back, "client won back"), (new, "new client")):
        if step.amount > 0:
            one, many = which, which.replace("client", "clients")
            clients = words.count_in_words(len(step.clients), one, many)
            said.append(f"{clients} brought {site.money(step.amount)}")
    sentence = "; ".join(said) or "nothing has changed from one year to the other"
    return f"{words.sentence_case(sentence)}."


def _span(window: Window) -> str:
    return f"{words.month(window.first)} to {words.month(window.to)}"


def _row(site: Site, found: Bridge, step: Step) -> StepRow:
    window = {StepName.BEFORE: found.earlier, StepName.NOW: found.later}.get(step.name)
    return StepRow(
        label=_LABELS[step.name] if window is None else f"Sales, {_span(window)}",
        amount=site.money(step.amount),
        is_sum=window is not None,
        number=len(step.clients),
        names=site.names(step.clients if window is None else (), _NAMES),
    )
