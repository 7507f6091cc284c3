"""The overview as files: a page, the same in Markdown, and the same for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from reportgen import environments, words
from reportgen.analyses.what_works import Event
from reportgen.cohort.machine import as_json
from reportgen.cohort.overview import OWNERS_AT_LEAST, Line, Of, Overview, Spread, Stand, Worked
from reportgen.output.csv import as_csv
from reportgen.pictures import spread
from reportgen.pictures.drawing import Chart
from reportgen.report.across import Better
from reportgen.shares import Share
from reportgen.site import layout
from reportgen.site.layout import Cell, Column, Figure, Link, Table
from reportgen.values import dataclass

_MOST_DOTS = 75
"""With more owners than these a dot each is a smear, and the page would be heavy."""
_MOST_NAMED = 6
"""How many owners who stand at one place are named there."""
_FIRST = 8
"""How many owners stand open at first."""
_CHANCE = 0.05
"""Below it a comparison is clear; of several, each is asked for as much less as there are."""
_TONES = {Better.MORE: "good", Better.FEWER: "over", None: ""}
_VERDICTS = {Better.MORE: "better than most", Better.FEWER: "worse than most", None: ""}


@dataclass(frozen=True, slots=True)
class Places:
    """Where one owner stands in each share."""

    name: str
    stands: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one owner stands in one share."""

    label: str
    figure: str
    """The value and its place: ``62 %, 3 of 12``."""
    verdict: str
    tone: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The spread of the shares among some owners."""

    heading: str
    chart: Chart
    table: Table
    alike: str
    """The shares in which all are alike; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the overview shows."""

    as_of: date
    answer: str
    figures: tuple[Figure, ...]
    unread: tuple[str, ...]
    owners: Table | None
    few: str
    """Why nothing is said across the owners; empty where they are enough."""
    compared: tuple[Compared, ...]
    """All owners, then those of each business model; empty where they are too few."""
    few_of_models: str
    places: tuple[Places, ...]
    many: str
    """Why the page has no places of very many owners; empty where it has them."""
    lines: Table | None
    lines_said: str
    works: Table | None
    works_said: str


QUESTION = "How do the owners stand, and what can they learn from each other?"


def files(found: Overview) -> dict[str, str]:
    """Path → text of what stands beside the page, two folders below it."""
    shown = content(found)
    given = {"page": shown, "question": QUESTION, "answer": shown.answer, "root": "../../"}
    return {
        "report.css": environments.static_file("report.css"),
        "report.js": environments.script(),
        "overview.json": json.dumps(as_json(found), indent=1, ensure_ascii=False) + "\n",
        "places.csv": _table_of_places(found),
        "overview.md": environments.markdown().get_template("cohort/overview.md").render(given),
    }


def page_of(found: Overview, beside: str) -> str:
    """The page, with its files in the folder of this name."""
    shown = content(found)
    given = {"page": shown, "question": QUESTION, "answer": shown.answer, "root": ""}
    return environments.html().get_template("cohort/overview.html").render(given, beside=beside)


def content(found: Overview) -> Content:
    """The overview in words."""
    number = len(found.owners)
    enough = number >= OWNERS_AT_LEAST
    told = [line for line in found.lines if line.told]
    return Content(
        as_of=found.as_of,
        answer=_answer(found),
        figures=tuple(_figures(found)) if enough else (),
        unread=found.unread,
        owners=_owners(found) if found.owners else None,
        few="" if enough else _few(number),
        compared=tuple(_all_compared(found)),
        few_of_models=_few_of_models(found) if enough else "",
        places=_places(found) if number <= _MOST_DOTS else (),
        many=_MANY if number > _MOST_DOTS else "",
        lines=_lines(told) if told else None,
        lines_said=_lines_said(found.lines),
        works=_works(found.works) if found.works else None,
        works_said=_works_said(found),
    )


def _answer(found: Overview) -> str:
    number = len(found.owners)
    if not number:
        return f"None of the {words.count(len(found.unread), 'workbook')} could be read."
    rest = len(found.unread)
    unread = f"; {words.count_in_words(rest, 'workbook')} could not be read" if rest else ""
    most = sum(2 * (one.part.running - one.part.below) > one.part.running for one in found.owners)
    if number == 1:
        return f"The one owner has {'most' if most else 'few'} running clients above the red line{unread}."
    have = f"{words.in_words(most) if most else 'none'} of {words.in_words(number)} owners"
    return (
        f"{words.sentence_case(have)} {'has' if most == 1 else 'have'} most of their running clients "
        f"above the red line{unread}."
    )


def _few(number: int) -> str:
    return (
        f"It takes {words.in_words(OWNERS_AT_LEAST)} owners to say anything across them, and here "
        f"{'is' if number == 1 else 'are'} {words.in_words(number)}. Each owner's own site stands as it is."
    )


def _few_of_models(found: Overview) -> str:
    if not found.too_few:
        return ""
    each = [f"{model} ({_owners_in_words(one)})" for model, one in found.too_few.items()]
    return (
        f"Nothing is said of {words.listed(each, len(each))} alone: it takes "
        f"{words.in_words(OWNERS_AT_LEAST)} owners of one business model."
    )


def _owners_in_words(number: int) -> str:
    return words.count_in_words(number, "owner")


def _figures(found: Overview) -> Iterator[Figure]:
    parts = [one.part for one in found.owners]
    running, below = sum(one.running for one in parts), sum(one.below for one in parts)
    yield Figure("Owners", f"{len(parts):,}", "whose workbooks were read")
    yield Figure("Running clients", f"{running:,}", "of all owners")
    yield Figure("Below the red line", f"{below:,}", f"of {words.count(running, 'running client')}")
    for one in found.spreads[:1]:
        between = f"the middle half of owners: {_from_to(one)}"
        yield Figure("Above it, at the owner in the middle", words.percent(one.middle), between)


def _from_to(one: Spread) -> str:
    return f"{words.percent(one.low)} to {words.percent(one.high)}"


# Owner by owner ----------------------------------------------------------------------------------
def _owners(found: Overview) -> Table:
    problems = any(one.part.problems for one in found.owners)
    return Table(
        id="owners",
        caption="Each owner's site, and what it says first",
        columns=(
            Column("Owner"),
            Column("What first", fixed=True),
            Column("Business model"),
            Column("Running", number=True, most_first=True),
            Column("Below the red line", number=True, most_first=True),
            *([Column("Data problems", number=True, most_first=True)] if problems else []),
        ),
        lines=tuple(_owner(one, problems) for one in found.owners),
        first=_FIRST,
    )


def _owner(one: Of, with_problems: bool) -> layout.Line:
    part = one.part
    below = words.share_of(Share(part.below, part.running))
    problems = Cell(
        f"{part.problems:,}" if part.problems else "",
        part.problems,
        number=True,
        label="data problems",
    )
    return layout.Line(
        Link(one.name, f"{one.folder}/index"),
        (
            Cell(part.headline),
            Cell(part.model or "not set", tone="" if part.model else "soft"),
            Cell(f"{part.running:,}", part.running, number=True, label="running"),
            Cell(below, part.below, number=True, label="below the red line"),
            *([problems] if with_problems else []),
        ),
    )


def _places(found: Overview) -> tuple[Places, ...]:
    of_owner: dict[str, list[Place]] = {one.name: [] for one in found.owners}
    for spread_ in filter(_differs, found.spreads):
        for stand in spread_.stands:
            of_owner[stand.owner.name].append(_place(spread_, stand))
    return tuple(Places(name, tuple(stands)) for name, stands in of_owner.items() if stands)


def _place(of: Spread, stand: Stand) -> Place:
    figure = f"{words.percent(stand.value)}, {stand.place} of {len(of.stands)}"
    return Place(of.share.label, figure, _verdict(stand), _TONES[stand.verdict])


def _verdict(stand: Stand) -> str:
    better = _VERDICTS[stand.verdict]
    return f"{stand.quarter}, {better}" if better else str(stand.quarter)


_MANY = "The more owners stand at a place, the higher its bar, which tells who they are."


def _table_of_places(found: Overview) -> str:
    """Owner by owner the value of every share and its place, for a spreadsheet."""
    heads = ["Owner"]
    rows = {one.name: [one.name] for one in found.owners}
    for spread_ in found.spreads:
        heads += [spread_.share.label, f"Place of {len(spread_.stands)}"]
        stands = {stand.owner.name: stand for stand in spread_.stands}
        for name, row in rows.items():
            stand = stands.get(name)
            row += [f"{stand.value:.3f}", str(stand.place)] if stand else ["", ""]
    return as_csv(heads, rows.values())


# How they are spread -----------------------------------------------------------------------------
def _all_compared(found: Overview) -> Iterator[Compared]:
    if found.spreads:
        yield _compared("all", "All owners", found.spreads)
    if len(found.by_model) + len(found.too_few) > 1:
        for model, spreads in found.by_model.items():
            if spreads:
                yield _compared(model, f"{words.sentence_case(model)} alone", spreads)


def _compared(name: str, heading: str, every: Sequence[Spread]) -> Compared:
    """The picture of those in which owners differ; the others in a sentence."""
    spreads = [one for one in every if _differs(one)]
    alike = [
        f"{one.share.label} ({words.percent(one.middle)})" for one in every if one not in spreads
    ]
    dotted = all(len(one.stands) <= _MOST_DOTS for one in spreads)
    shown = [
        spread.Spread(
            one.share.label,
            words.percent(one.middle),
            one.low,
            one.middle,
            one.high,
            tuple((stand.value, _told(one, stand)) for stand in one.stands) if dotted else (),
            () if dotted else tuple(_bars(one)),
        )
        for one in spreads
    ]
    first = "; ".join(f"{one.share.label}: {_from_to(one)}" for one in spreads[:3])
    title = "How each share is spread: the middle half of the owners, and the owner in the middle"
    chart = spread.spreads(f"spread-{name}", title, f"{first}.", shown)
    said = f"The same at every owner: {words.listed(alike, len(alike))}." if alike else ""
    return Compared(heading, chart, _quarters(name, spreads), said)


def _bars(of: Spread) -> Iterator[tuple[float, int, str]]:
    """Each per cent at which owners stand, how many, and who."""
    at: dict[int, list[str]] = {}
    for stand in of.stands:
        at.setdefault(round(stand.value * 100), []).append(stand.owner.name)
    for place, names in sorted(at.items()):
        owners = words.count(len(names), "owner")
        told = f"{of.share.label}: {words.percent(place / 100)}\n{owners}"
        yield place / 100, len(names), f"{told}: {words.listed(names, _MOST_NAMED)}"


def _quarters(name: str, spreads: Sequence[Spread]) -> Table:
    return Table(
        id=f"quarters-{name}",
        caption="What a quarter of the owners reach at most, the owner in the middle, and what a quarter "
        "reach at least",
        columns=(
            Column("Share"),
            Column("A quarter up to", number=True),
            Column("Middle", number=True),
            Column("A quarter from", number=True),
            Column("Owners", number=True),
        ),
        lines=tuple(
            layout.Line(
                Link(one.share.label, ""),
                (
                    Cell(words.percent(one.low), one.low, number=True, label="a quarter up to"),
                    Cell(words.percent(one.middle), one.middle, number=True, label="middle"),
                    Cell(words.percent(one.high), one.high, number=True, label="a quarter from"),
                    Cell(f"{len(one.stands):,}", len(one.stands), number=True, label="owners"),
                ),
            )
            for one in spreads
        ),
    )


def _differs(one: Spread) -> bool:
    return len({stand.value for stand in one.stands}) > 1


def _told(of: Spread, stand: Stand) -> str:
    place = _place(of, stand)
    return f"{stand.owner.name}\n{of.share.label}: {place.figure}\n{place.verdict}"


# The silence that clients keep -------------------------------------------------------------------
def _lines(told: Sequence[Line]) -> Table:
    return Table(
        id="red-lines",
        caption="Within how many days the silences of running customers end: nine in ten (the observed "
        "red line), three in four, half; by the business model of the client",
        columns=(
            Column("Business model"),
            Column("Observed red line", number=True),
            Column("Default", number=True),
            Column("Three in four", number=True),
            Column("Half", number=True),
            Column("Owners", number=True),
            Column("Customers", number=True),
        ),
        lines=tuple(
            layout.Line(
                Link(words.sentence_case(line.model), ""),
                (
                    Cell(_days(line.observed), line.observed, number=True, label="observed"),
                    Cell(words.days(line.default), line.default, number=True, label="default"),
                    Cell(
                        _days(line.three_quarters),
                        line.three_quarters,
                        number=True,
                        label="three in four",
                    ),
                    Cell(_days(line.half), line.half, number=True, label="half"),
                    Cell(f"{line.owners:,}", line.owners, number=True, label="owners"),
                    Cell(f"{line.customers:,}", line.customers, number=True, label="customers"),
                ),
            )
            for line in told
        ),
    )


def _days(number: int | None) -> str:
    return "not reached" if number is None else words.days(number)


def _lines_said(lines: Sequence[Line]) -> str:
    """What the table says, and of whom it says nothing."""
    said = []
    known = [line for line in lines if line.told and line.observed is not None]
    if known:
        each = [
            f"{words.days(line.observed)} for {line.model} (the default is {line.default})"
            for line in known
        ]
        said.append(f"Nine in ten silences end within {words.listed(each, len(each))}.")
    few = [
        f"{line.model} ({_owners_in_words(line.owners)}, {words.count(line.customers, 'customer')})"
        for line in lines
        if not line.told
    ]
    if few:
        said.append(f"Too few to tell: {words.listed(few, len(few))}.")
    return " ".join(said) or "No running customer's silences are recorded."


# What works --------------------------------------------------------------------------------------
def _works(works: Sequence[Worked]) -> Table:
    limit = _CHANCE / len(works)
    return Table(
        id="works",
        caption="What clients had in their first weeks, what became of those still there after, and what "
        "was to be expected if it made no difference; each owner's clients are compared among themselves",
        columns=(
            Column("In the first weeks"),
            Column("Of those who had it"),
            Column("Expected", number=True),
            Column("Clients without it", number=True),
            Column("Owners", number=True),
            Column("Which says"),
        ),
        lines=tuple(_work(one, limit) for one in works),
    )


def _work(one: Worked, limit: float) -> layout.Line:
    found = one.found
    verb = "left" if one.event is Event.LEFT else "bought again"
    clear = found.p is not None and found.p < limit
    helped = clear and one.better_by > 0
    better = "better with it" if one.better_by > 0 else "worse"
    return layout.Line(
        Link(words.sentence_case(one.what) + (" (any of the kind)" if one.is_kind else ""), ""),
        (
            Cell(f"{found.happened or 'none'} of {found.with_it:,} {verb}", label="with it"),
            Cell(f"{found.expected:.1f}", found.expected, number=True, label="expected"),
            Cell(f"{found.without:,}", found.without, number=True, label="clients without it"),
            Cell(f"{found.strata:,}", found.strata, number=True, label="owners"),
            Cell(
                f"more than chance: {better}" if clear else "may be chance",
                tone="good" if helped else "over" if clear else "",
            ),
        ),
    )


def _works_said(found: Overview) -> str:
    if len(found.owners) < OWNERS_AT_LEAST:
        return ""
    limit = _CHANCE / max(1, len(found.works))
    clear = [one for one in found.works if (one.found.p or 0) < limit and one.better_by > 0]
    few = ""
    if found.untold:
        many = words.sentence_case(words.count_in_words(found.untold, "more comparison"))
        few = f" {many} {'has' if found.untold == 1 else 'have'} too few owners or clients to tell."
    if not found.works:
        return f"Nothing can be compared yet.{few}"
    if not clear:
        return f"Nothing sets clients apart beyond what chance would do.{few}"
    best = words.listed([one.what for one in clear])
    return f"Beyond what chance would do, clients fared better with {best}.{few}"
