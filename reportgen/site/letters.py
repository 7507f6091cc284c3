"""The letters: which there are, what one may know of a client, and one filled in.

A letter is a Markdown file with a small header; its body is sent as plain text. An owner may replace
any of ours or add her own, so a letter is never trusted: it may show values, choose between
passages with ``if``, and nothing else. There is no loop, call, attribute or arithmetic to be had,
and its size is bounded, so that filling one always ends, soon and small
(docs/decisions/0006-letters.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

from dateutil.relativedelta import relativedelta
from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen import words
from reportgen.findings import ClientFindings
from reportgen.model import Client, Sale, Touchpoint
from reportgen.report import Report
from reportgen.settings import Settings
from reportgen.site.templates import templates_folder

LetterKind = Literal[
    "gratitude",
    "growth",
    "reconnection",
    "beginning",
    "meeting",
    "money",
    "information",
    "repair",
    "boundary",
]
KINDS: tuple[LetterKind, ...] = get_args(LetterKind)

FROM_THE_WORKBOOK: Mapping[str, str] = {
    "name": "the name to greet with",
    "client": "the client",
    "contact": "the contact's full name",
    "first_name": "the contact's first name",
    "business": "your business",
    "owner": "your name",
    "opening_days": "your working days",
    "opening_hours": "your working hours",
    "channels": "how you want to be reached",
    "preferred_channel": "how the client wants to be reached",
    "service": "what they bought last",
    "last_purchase": "the day of the last purchase",
    "first_purchase": "the day of the first purchase",
    "purchases": "how many purchases",
    "together": "how long they have been with you",
    "months_together": "how many months they have been with you",
    "anniversary": "the day of the anniversary",
    "anniversary_years": "how many years",
    "birthday": "the birthday",
    "last_contact": "the day of the last contact",
    "silence": "how long it has been quiet",
    "silence_days": "how many days it has been quiet",
    "last_meeting": "the day of the last meeting",
    "next_meeting": "the day of the next meeting",
    "topic": "what you talked about",
    "promise": "what you promised",
    "promised_for": "the day you promised it for",
    "complaint_date": "the day of the complaint",
    "invoice": "the number of the invoice",
    "invoice_amount": "the amount of the invoice",
    "invoice_service": "what the invoice is for",
    "invoice_due": "the day the invoice is due",
    "overdue_invoice": "the number of the overdue invoice",
    "overdue_amount": "the overdue amount",
    "overdue_since": "the day it was due",
    "overdue_days": "how many days it is overdue",
}
"""What :func:`values` may find, and what stands in square brackets where it does not."""

FROM_THE_OWNER: Mapping[str, str] = {
    "alternative": "what you can offer instead",
    "answer_by": "the day you need an answer by",
    "consequence": "the step you will take then",
    "decision": "what was decided",
    "first_step": "the first step",
    "goal": "what they want to achieve, in their own words",
    "how_often": "how often you will be in touch",
    "included": "what is included",
    "main_topic": "the main topic",
    "my_task": "what you will do",
    "new_date": "the day you can do it by",
    "next_step": "the step after it",
    "not_included": "what is not included",
    "payment_terms": "when and how it is paid",
    "prevention": "what you have changed",
    "price": "the price",
    "proposed_day": "a day and a time",
    "reason": "your reason",
    "remedy": "what you have done to put it right",
    "reply_within": "how soon you answer",
    "request": "what they asked for",
    "someone_else": "someone who can help",
    "start_date": "the day you begin",
    "surprise": "what you have picked out for them",
    "time_available": "how long you have",
    "time_needed": "how long it takes",
    "urgent_means": "what counts as urgent",
    "urgent_phone": "your number for urgent matters",
    "what_happened": "what went wrong, in one sentence",
    "what_is_needed": "what you need from them",
    "what_reminded_you": "what made you think of them",
    "your_task": "what they will do",
}
"""What no workbook says: always in square brackets, for the owner to write."""

PLACEHOLDERS: Mapping[str, str] = {**FROM_THE_WORKBOOK, **FROM_THE_OWNER}
"""Every name that a letter may use."""

LONGEST_FILE = 8_000
"""Bytes; our longest letter has a fifth of them."""
LONGEST_VALUE = 300
"""Characters of one value; with the next limit it bounds a filled letter."""
MOST_VALUES = 100
"""How many values one letter may show."""
DEEPEST = 20
"""How deeply the conditions of a letter may be nested."""
_HEADER = ("title", "kind", "when", "article", "subject")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, not yet filled in."""

    name: str
    """Of its file, without ``.md``; lower case."""
    title: str
    kind: LetterKind
    when: str
    """When to use it, for the owner."""
    article: str
    """Whose advice it carries out; empty for an owner's own."""
    subject: str
    """A template, as is the body."""
    body: str


@dataclass(frozen=True, slots=True)
class Letters:
    """Every letter that can be sent."""

    all: tuple[Letter, ...]
    """By kind, then by name."""
    problems: tuple[str, ...]
    """One sentence for each file of the owner's that could not be used, in order of name."""

    def named(self, name: str) -> Letter:
        """The letter of this name.

        Raises: KeyError, when there is none.
        """
        for letter in self.all:
            if letter.name == name:
                return letter
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter for one client, as plain text."""

    subject: str
    """One line."""
    body: str
    """Lines end in ``\\n``; the last one in nothing."""
    missing: tuple[str, ...]
    """What stands in square brackets and is still to be written, in order of appearance."""


class _Unusable(Exception):
    """A letter cannot be used; the text says what was found and what to write instead."""


def library(own_folder: Path | None) -> Letters:
    """Our letters, each replaced by the owner's of the same name, and hers beside them.

    What the header of a replacement leaves out is taken from ours. A file of hers that cannot be
    used is a problem, and ours stays. ``README.md`` and files of other kinds are passed over.
    """
    ours = {path.stem: _parsed(path.stem, _text(path)) for path in _files(_built_in())}
    found, problems = dict(ours), []
    hers: list[Path] = []
    try:
        hers = [] if own_folder is None else _files(own_folder)
    except OSError as error:
        problems.append(
            f"The folder {own_folder} for letters of your own cannot be opened ({error.strerror}); "
            "change what it allows, or move your letters elsewhere. Ours are used."
        )
    for path in hers:
        name = path.stem.casefold()
        try:
            if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) is None:
                raise _Unusable(
                    "its name has other signs than letters a to z, digits and single hyphens; "
                    "name it, for example, spring-greeting.md"
                )
            found[name] = _parsed(name, _text(path), ours.get(name))
        except _Unusable as error:
            kept = " Ours of that name is used instead." if name in ours else ""
            problems.append(f"The letter {path.name} cannot be used: {error}.{kept}")
    if own_folder is not None and not own_folder.is_dir():
        problems.append(
            f"There is no folder {own_folder} for letters of your own; make it, "
            "or take it out of the settings. Ours are used."
        )
    by_kind = sorted(found.values(), key=lambda letter: (KINDS.index(letter.kind), letter.name))
    return Letters(tuple(by_kind), tuple(problems))


def _built_in() -> Path:
    return templates_folder() / "letters"


def _files(folder: Path) -> list[Path]:
    """The letters in a folder, by name; none where there is no such folder.

    Raises: OSError, when it cannot be opened: a search with ``glob`` would only find nothing.
    """
    return sorted(
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.match("*.md") and path.is_file() and path.stem.casefold() != "readme"
    )


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise _Unusable(f"it cannot be read ({error.strerror})") from None
    if len(content) > LONGEST_FILE:
        raise _Unusable(
            f"it is longer than {LONGEST_FILE:,} bytes, about three pages; make it shorter"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unusable("it is not saved as UTF-8; save it again with that encoding") from None
    return re.sub(r"\r\n?", "\n", text)


def _parsed(name: str, text: str, ours: Letter | None = None) -> Letter:
    """A letter from the text of its file; ``ours`` gives what the header leaves out.

    Raises: _Unusable.
    """
    header, body = _header_and_body(text)
    for entry in _HEADER if ours is not None else ():
        header.setdefault(entry, getattr(ours, entry))
    header.setdefault("article", "")
    for entry in _HEADER:
        if entry not in header:
            raise _Unusable(
                f"its header says no {entry}; write a line such as "
                f'"{entry}: {_example(entry)}" between two lines of ---'
            )
    kind = next((kind for kind in KINDS if kind == header["kind"].casefold()), None)
    if kind is None:
        raise _Unusable(f"its kind is {header['kind']!r}; write one of {', '.join(KINDS)}")
    if not body.strip():
        raise _Unusable("it has no text below its header; write the letter there")
    letter = Letter(
        name=name,
        title=header["title"],
        kind=kind,
        when=header["when"],
        article=header["article"],
        subject=header["subject"],
        body=body,
    )
    _checked(letter.subject)
    _checked(letter.body)
    return letter


def _example(entry: str) -> str:
    return {
        "title": "Spring greeting",
        "kind": "gratitude",
        "when": "In the first week of April.",
        "subject": "Spring is here, {{ name }}",
    }[entry]


def _header_and_body(text: str) -> tuple[dict[str, str], str]:
    """The entries between two lines of ``---`` at the top, and what stands below them."""
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return {}, text
    header: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == "---":
            return header, "\n".join(lines[number:])
        entry, colon, value = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not colon or entry.casefold() not in _HEADER:
            raise _Unusable(
                f"line {number} of its header is {_short(line)!r}; "
                f"write only the entries {', '.join(_HEADER)}, each with a colon after it"
            )
        if value:
            header[entry.casefold()] = value
    raise _Unusable("its header does not end; write a line of --- below the header too")


def _short(text: str) -> str:
    return text.strip()[:40]


# What a letter may do


_MAY = "a letter may only show values, as in {{ name }}, and choose with {% if %}"
_WORDS: tuple[tuple[type[nodes.Node] | tuple[type[nodes.Node], ...], str], ...] = (
    (nodes.For, "a loop"),
    ((nodes.Call, nodes.CallBlock), "a call"),
    ((nodes.Getattr, nodes.Getitem), "a part of a value"),
    ((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends), "another file"),
    (nodes.Macro, "a macro"),
    ((nodes.Assign, nodes.AssignBlock), "an assignment"),
    ((nodes.BinExpr, nodes.UnaryExpr, nodes.Concat), "arithmetic"),
)
_PLAIN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
)


class _Missing:
    """A value that is not known: false in a condition, a placeholder where it is shown."""

    def __init__(self, placeholder: str, seen: dict[str, None]) -> None:
        self._placeholder = placeholder
        self._seen = seen

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        self._seen[self._placeholder] = None
        return f"[{self._placeholder}]"


def _of_text(change: Callable[[str], str]) -> Callable[[object], object]:
    """A filter that leaves a missing value missing."""
    return lambda value: value if isinstance(value, _Missing) else change(str(value))


_ENVIRONMENT = ImmutableSandboxedEnvironment(autoescape=False)
"""Without escaping: a letter is plain text, and the page that shows it escapes it as such."""
_ENVIRONMENT.globals = {}
_ENVIRONMENT.tests = {}
_ENVIRONMENT.filters = {
    "capitalize": _of_text(words.sentence_case),
    "lower": _of_text(str.lower),
    "upper": _of_text(str.upper),
}


def _checked(source: str) -> nodes.Template:
    """The parsed template, once everything in it is known to be harmless.

    Raises: _Unusable.
    """
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        raise _Unusable(
            f"the brackets in {_line(source, error.lineno)!r} cannot be read; {_MAY} … {{% endif %}}"
        ) from None
    except (RecursionError, ValueError, OverflowError):
        raise _Unusable(f"its brackets cannot be read; {_MAY} … {{% endif %}}") from None
    for node, line, depth in _walk(tree):
        fault = "too many conditions inside each other" if depth > DEEPEST else _fault(node)
        if fault:
            raise _Unusable(f"the line {_line(source, line)!r} has {fault}; {_MAY} … {{% endif %}}")
    shown = sum(
        not isinstance(part, nodes.TemplateData)
        for output in tree.find_all(nodes.Output)
        for part in output.nodes
    )
    if shown > MOST_VALUES:
        raise _Unusable(
            f"it shows {shown:,} values, and {MOST_VALUES} are the most; make it shorter"
        )
    return tree


@lru_cache(maxsize=256)
def _template(source: str) -> Template:
    """The template, ready to be filled. Only the letters that are sent are compiled: that is slow."""
    return _ENVIRONMENT.from_string(_checked(source))


def _line(source: str, number: int) -> str:
    lines = source.split("\n")
    return _short(lines[min(number, len(lines)) - 1])


def _walk(tree: nodes.Node) -> Iterator[tuple[nodes.Node, int, int]]:
    """Every node with its line and its depth, in the order of the text; depth never costs a stack."""
    waiting: list[tuple[nodes.Node, int, int]] = [(tree, 1, 0)]
    while waiting:
        node, line, depth = waiting.pop()
        yield node, line, depth
        # Jinja leaves some nodes without a line of their own.
        below = [(child, child.lineno or line, depth + 1) for child in node.iter_child_nodes()]
        waiting.extend(reversed(below))


def _fault(node: nodes.Node) -> str | None:
    """What of a node is not allowed, in the owner's words; None where it is harmless."""
    if isinstance(node, _PLAIN):
        return None
    if isinstance(node, nodes.Name):
        if node.ctx != "load":
            return f"an assignment to {_short(node.name)}"
        return None if node.name in PLACEHOLDERS else _unknown(node.name)
    if isinstance(node, nodes.Const):
        return None if isinstance(node.value, str) else "something other than text"
    if isinstance(node, nodes.Compare | nodes.Operand):
        operands = node.ops if isinstance(node, nodes.Compare) else [node]
        plain = all(operand.op in ("eq", "ne") for operand in operands)
        return None if plain else "a comparison other than == and !="
    if isinstance(node, nodes.Filter):
        if node.name in _ENVIRONMENT.filters and not (node.args or node.kwargs):
            return None
        return f"the filter {_short(node.name)}, while there are only {_filters()}"
    return next(
        (word for kinds, word in _WORDS if isinstance(node, kinds)),
        "a command that letters do not have",
    )


def _filters() -> str:
    return words.listed(sorted(_ENVIRONMENT.filters), most=len(_ENVIRONMENT.filters))


def _unknown(name: str) -> str:
    from rapidfuzz import fuzz, process  # only where there is something to suggest

    nearest = process.extractOne(name, list(PLACEHOLDERS), scorer=fuzz.ratio, score_cutoff=60)
    hint = f" (is it {nearest[0]}?)" if nearest else ""
    return f"a value of the name {_short(name)}, which is not known{hint}"


def fill(letter: Letter, known: Mapping[str, str]) -> Filled:
    """The letter with the values in their places, and a placeholder for each that is not known.

    Values go in as they are: nothing in them is read as a template or as Markdown.
    """
    missing: dict[str, None] = {}
    shown = {
        name: known.get(name) or _Missing(placeholder, missing)
        for name, placeholder in PLACEHOLDERS.items()
    }
    subject = _template(letter.subject).render(shown)
    body = _template(letter.body).render(shown)
    lines = "\n".join(line.rstrip() for line in body.split("\n"))
    return Filled(
        subject=" ".join(subject.split()),
        # A passage that was left out leaves its empty lines behind.
        body=re.sub(r"\n{3,}", "\n\n", lines).strip("\n"),
        missing=tuple(missing),
    )


# What a letter may know


def values(client: ClientFindings, report: Report) -> dict[str, str]:
    """What the workbook says that a letter to this client may use, by its name in the letter.

    Only names of :data:`FROM_THE_WORKBOOK`, in its order, and only where something is known: every
    value is one line of text with something in it, of at most ``LONGEST_VALUE`` characters.
    """
    found = {
        **_people(client.seen.client, report.settings),
        **_hours(report.settings),
        **_purchases(client, report.as_of),
        **_contacts(client, report.as_of),
        **_promise(client.seen.touchpoints, report.as_of),
        **_invoices(client.seen.sales, report.as_of, report.settings.currency),
    }
    cleaned = {name: _one_line(found.get(name)) for name in FROM_THE_WORKBOOK}
    return {name: text for name, text in cleaned.items() if text}


_Known = Mapping[str, str | None]


def _people(client: Client, settings: Settings) -> _Known:
    first = _first_name(client.contact) if client.contact else None
    channel = client.preferred_channel
    return {
        # A client without a contact is greeted by the whole name: "Ivy Lane" may be a street.
        "name": first or client.contact or client.name,
        "client": client.name,
        "contact": client.contact,
        "first_name": first,
        "business": settings.business_name,
        "owner": settings.owner,
        "channels": _either([_inside_a_sentence(one) for one in settings.preferred_channels]),
        "preferred_channel": _inside_a_sentence(channel) if channel else None,
        "birthday": _day_of_year(client.birthday),
    }


_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "rev",
        "sir",
        "dame",
        "lady",
        "lord",
    ]
)


def _first_name(contact: str) -> str | None:
    """The first word of a single person's name; None where it is a title, an initial or several."""
    first, *others = contact.split() or [""]
    bare = first.rstrip(".")
    several = re.search(r"[,;&/+]|\b(and|und|et)\b", contact, re.IGNORECASE)
    if several or len(bare) < 2 or (others and bare.casefold() in _TITLES):
        return None
    return first


def _either(names: Sequence[str]) -> str:
    """``email, phone or video``."""
    return " or ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _inside_a_sentence(channel: str) -> str:
    """``Email`` → ``email``; ``WhatsApp`` and ``SMS`` as they are."""
    return channel.lower() if channel[1:].islower() else channel


def _hours(settings: Settings) -> _Known:
    """Only what the owner has said: our defaults are not her hours."""
    days, hours = None, None
    if "working_days" in settings.origins:
        days = _weekdays(sorted(settings.working_days))
    if {"opens", "closes"} <= settings.origins.keys():
        hours = f"{_clock(settings.opens)} to {_clock(settings.closes)}"
    return {"opening_days": days, "opening_hours": hours}


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _weekdays(days: Sequence[int]) -> str | None:
    names = [_WEEKDAYS[day] for day in days]
    if len(days) > 2 and all(later == earlier + 1 for earlier, later in pairwise(days)):
        return f"{names[0]} to {names[-1]}"
    return words.listed(names, most=7) if names else None


def _clock(at: time) -> str:
    return f"{at.hour}:{at:%M}"


def _purchases(client: ClientFindings, as_of: date) -> _Known:
    bought = client.seen.purchases
    services = [sale.service for sale in client.seen.sales if sale.service and sale.amount >= 0]
    known: dict[str, str | None] = {"service": services[-1] if services else None}
    if not bought:
        return known
    first = bought[0].date
    since = relativedelta(as_of, first)
    months = 12 * since.years + since.months
    coming, years = _anniversary(first, as_of)
    return known | {
        "first_purchase": words.day(first),
        "last_purchase": words.day(bought[-1].date),
        "purchases": words.in_words(len(bought)),
        "together": _span((as_of - first).days) if months else None,
        "months_together": words.count(months, "month") if months else None,
        "anniversary": words.day(coming),
        "anniversary_years": _counted(years, "year"),
    }


def _anniversary(first: date, as_of: date) -> tuple[date, int]:
    """The first yearly anniversary after the as-of date, and which one it is.

    29 February is kept on the 28th in other years.
    """
    years = max(1, as_of.year - first.year)
    if first + relativedelta(years=years) <= as_of:
        years += 1
    return first + relativedelta(years=years), years


def _contacts(client: ClientFindings, as_of: date) -> _Known:
    seen = client.seen
    last = seen.contact_days[-1] if seen.contact_days else None
    quiet = (as_of - last).days if last else 0
    met = [touchpoint for touchpoint in seen.touchpoints if touchpoint.activity.two_way]
    to_meet = [touchpoint for touchpoint in seen.planned_touchpoints if touchpoint.activity.two_way]
    complaints = [t.date for t in seen.touchpoints if t.signal == "complaint"]
    return {
        "last_contact": words.day(last) if last else None,
        "silence": _span(quiet) if quiet else None,
        "silence_days": words.days(quiet) if quiet else None,
        "last_meeting": words.day(met[-1].date) if met else None,
        "topic": met[-1].topic if met else None,
        "next_meeting": words.day(to_meet[0].date) if to_meet else None,
        "complaint_date": words.day(complaints[-1]) if complaints else None,
    }


def _promise(touchpoints: Sequence[Touchpoint], as_of: date) -> _Known:
    """The open promise that is due first; one without a day only where no other is open."""
    still_open = [
        touchpoint
        for touchpoint in touchpoints
        if touchpoint.promise and (touchpoint.done_on is None or touchpoint.done_on > as_of)
    ]
    if not still_open:
        return {}
    first = min(still_open, key=lambda touchpoint: touchpoint.promised_for or date.max)
    due = first.promised_for
    return {"promise": first.promise, "promised_for": words.day(due) if due else None}


def _invoices(sales: Sequence[Sale], as_of: date, currency: str | None) -> _Known:
    """The latest invoice, and the oldest one that is past its due day and not paid."""

    def amount(sale: Sale) -> str:
        return words.money(sale.amount, currency, pence=sale.amount != int(sale.amount))

    invoiced = [sale for sale in sales if sale.invoice and sale.amount > 0]
    known: dict[str, str | None] = {}
    if invoiced:
        latest = invoiced[-1]
        known = {
            "invoice": latest.invoice,
            "invoice_amount": amount(latest),
            "invoice_service": latest.service,
            "invoice_due": words.day(latest.due_on) if latest.due_on else None,
        }
    overdue = [
        (sale.due_on, sale)
        for sale in sales
        if sale.due_on is not None
        and sale.due_on < as_of
        and (sale.paid_on is None or sale.paid_on > as_of)
        and sale.amount > 0
    ]
    if overdue:
        due, oldest = min(overdue, key=lambda one: one[0])
        known |= {
            "overdue_invoice": oldest.invoice,
            "overdue_amount": amount(oldest),
            "overdue_since": words.day(due),
            "overdue_days": words.days((as_of - due).days),
        }
    return known


def _span(days: int) -> str:
    """A length of time as one would say it: ``nine days``, ``about six weeks``, ``about a year``."""
    if days < 14:
        return _counted(days, "day")
    if days < 56:
        return f"about {_counted(round(days / 7), 'week')}"
    months = round(days / 30.44)
    if months < 24 and months != 12:
        return f"about {_counted(months, 'month')}"
    years = round(days / 365.25)
    return "about a year" if years == 1 else f"about {_counted(years, 'year')}"


def _counted(number: int, one: str) -> str:
    return f"{words.in_words(number)} {one if number == 1 else one + 's'}"


def _day_of_year(day: date | None) -> str | None:
    return f"{day.day} {day:%B}" if day else None


def _one_line(text: str | None) -> str:
    """Text without line breaks and control characters, cut where no letter would go on."""
    joined = " ".join((text or "").split())
    kept = "".join(c for c in joined if unicodedata.category(c) not in ("Cc", "Cs"))
    return kept if len(kept) <= LONGEST_VALUE else kept[: LONGEST_VALUE - 1].rstrip() + "…"
