"""How last year's sales became this year's: the sentence, the picture and the clients behind each step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen import words
from reportgen.analyses.bridge import Bridge, Step, StepName
from reportgen.periods import Window, year_to
from reportgen.pictures import bars
from reportgen.pictures.drawing import Chart
from reportgen.site.layout import Names
from reportgen.site.prose.english import worth as prose
from reportgen.site.shared import Site
from reportgen.values import dataclass

_NAMES = 8
"""How many clients a step names."""

_LABELS: Mapping[StepName, tuple[str, str]] = {
    StepName.NOT_BACK: ("client not back", "clients not back"),
    StepName.LESS: ("client paid less", "clients paid less"),
    StepName.MORE: ("client paid more", "clients paid more"),
    StepName.WON_BACK: ("client won back", "clients won back"),
    StepName.NEW: ("new client", "new clients"),
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step with those behind it."""

    label: str
    amount: str
    names: Names
    """The first of them, who moved most first; of a sum, nobody."""


@dataclass(frozen=True, slots=True)
class BridgeShown:
    """The steps from one year to the next."""

    months: str
    """Which months are compared, where the year before is not recorded whole; else empty."""
    picture: Chart
    rows: tuple[StepRow, ...]
    base: str
    """Why another page counts more who are not back, or less money; empty where both say the same."""


def bridge_shown(site: Site) -> BridgeShown | None:
    """What the page shows of the bridge; None where two years cannot be compared."""
    found = site.report.found.bridge
    if found is None:
        return None
    is_whole = found.later == year_to(site.report.as_of)
    return BridgeShown(
        months=""
        if is_whole
        else f"Sales of all of {_span(found.earlier)} are recorded, so these months are held against "
        f"{_span(found.later)}.",
        picture=site.pictures["bridge"],
        rows=tuple(
            StepRow(_label(found, one), site.money(one.amount), site.names(one.clients, _NAMES))
            for one in _shown(found)
            if one.name in _LABELS
        ),
        base=_base(site, found) if is_whole else "",
    )


def _base(site: Site, found: Bridge) -> str:
    """How *not back* here stands to those whom Staying or coming back lists."""
    paid = next(one.clients for one in found.steps if one.name is StepName.NOT_BACK)
    refunded = -sum(site.by_name[name].findings.worth.sales_now for name in paid)
    return prose.not_back(
        len(site.report.found.retention.quiet),
        len(paid),
        site.money(refunded) if refunded > 0 else "",
    )


def bridge_picture(site: Site) -> Iterator[Chart]:
    """The steps drawn, where two years can be compared."""
    found = site.report.found.bridge
    if found is None:
        return
    yield bars.bridge(
        "bridge",
        _said(site, found),
        [
            bars.BridgeStep(
                _label(found, one),
                float(one.amount),
                site.money(one.amount),
                one.name not in _LABELS,
            )
            for one in _shown(found)
        ],
    )


def _shown(found: Bridge) -> list[Step]:
    """Both sums, and the steps that somebody took."""
    return [one for one in found.steps if one.clients or one.name not in _LABELS]


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


def _label(found: Bridge, step: Step) -> str:
    window = {StepName.BEFORE: found.earlier, StepName.NOW: found.later}.get(step.name)
    if window is not None:
        return _span(window)
    return words.count(len(step.clients), *_LABELS[step.name])
