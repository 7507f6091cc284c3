"""One client's figures in plain text: each with its rule, the settings in force and its rows.

Every figure is declared once, in :data:`FIGURES`: its key in the JSON form (SPEC 10), its rule, and
what it is for a client. A rule names settings in braces; which are in force, and where each came
from, is read off those names.
"""

from __future__ import annotations

import textwrap
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter

from reportgen import words
from reportgen.analyses.boundaries import Crossing
from reportgen.analyses.opportunities import Opportunity
from reportgen.analyses.trust import Component
from reportgen.estimates.limits import CannotTell
from reportgen.evidence.evidence import Evidence
from reportgen.model import name_key
from reportgen.periods import Window, year_before, year_to
from reportgen.problems import ReportError, Row
from reportgen.reading.nearest import most_alike
from reportgen.report.findings import ClientFindings
from reportgen.report.outlook import UNKNOWN, ClientOutlook
from reportgen.report.report import Report
from reportgen.settings.labels import setting_label, setting_value
from reportgen.settings.settings import Settings
from reportgen.words import plain

_WIDTH = 80


_INDENT = "    "


_HANGING = "  "
"""Before the further lines of a paragraph, so that they are not taken for parts."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a figure, or a part of one, is for one client."""

    words: str
    """Begins with ``n/a`` where it is not known, and then says what to record."""
    rows: tuple[Row, ...] = ()
    against: tuple[Row, ...] = ()
    """The rows that speak against it, where a figure tells them apart."""
    parts: tuple[tuple[str, Fact], ...] = ()
    """What it is made of: name and fact; a part that speaks for itself has an empty name."""


@dataclass(frozen=True, slots=True)
class Case:
    """One client, in the report that says the rest."""

    client: ClientFindings
    report: Report

    @property
    def seen(self) -> Evidence:
        """The client's rows up to the as-of date."""
        return self.client.seen

    @property
    def settings(self) -> Settings:
        """Those in force."""
        return self.report.settings

    @property
    def ahead(self) -> ClientOutlook:
        """What the models expect of the client."""
        return self.report.outlook.clients.get(self.client.name, UNKNOWN)

    @property
    def year(self) -> Window:
        """The 12 months up to the as-of date."""
        return year_to(self.report.as_of)


@dataclass(frozen=True, slots=True)
class Figure:
    """One key of a client in the JSON form."""

    key: str
    rule: str
    """One sentence. ``{name}`` is a setting's value; ``{line}`` is the client's red line in days."""
    of: Callable[[Case], Fact]


def explain(report: Report, name: str, figure: str | None) -> str:
    """Every figure of one client, or the one that is asked for, as lines for a terminal.

    The client is named as in the workbook, without regard to case and spaces; the figure by its key
    in the JSON form, without regard to case and signs.

    Raises: ReportError, when there is no such client or no such figure.
    """
    case = Case(_client(report, name), report)
    wanted = FIGURES if figure is None else (_figure(figure),)
    heading = f"{' '.join(case.client.name.split())}, as of {words.day(report.as_of)}"
    return "\n\n".join([heading, *("\n".join(_shown(one, case)) for one in wanted)]) + "\n"


def _client(report: Report, name: str) -> ClientFindings:
    by_key = {name_key(client.name): client for client in report.found.clients}
    found = by_key.get(name_key(name))
    if found is not None:
        return found
    where = f"There is no client “{name}” in {report.source.name}"
    if near := most_alike(name_key(name), by_key):
        either = " or ".join(f"“{by_key[key].name}”" for key in near)
        raise ReportError(f"{where}; is it {either}?")
    raise ReportError(
        f"{where}; write the name as it stands on its Clients sheet, in quotes where it has spaces."
    )


def _figure(asked: str) -> Figure:
    for one in FIGURES:
        if plain(one.key) == plain(asked):
            return one
    keys = ", ".join(one.key for one in FIGURES)
    raise ReportError(f"There is no figure “{asked}”; write one of {keys}.")


# Layout ------------------------------------------------------------------------------------------
def _shown(figure: Figure, case: Case) -> Iterator[str]:
    fact = figure.of(case)
    yield _wrapped(f"{figure.key}: {fact.words}", 0)
    yield from _parts(fact, 1)
    names = list(dict.fromkeys(name for _, name, _, _ in Formatter().parse(figure.rule) if name))
    values = {name: _in_rule(name, case) for name in names}
    yield _wrapped("Rule: " + words.sentence_case(figure.rule.format_map(values)), 1)
    if names:
        yield _wrapped("In force: " + "; ".join(_in_force(name, case) for name in names) + ".", 1)
    if fact.rows or fact.against:
        yield _wrapped(_with_rows("", fact), 1)


def _parts(fact: Fact, depth: int) -> Iterator[str]:
    for name, part in fact.parts:
        yield _wrapped(_with_rows(f"{name}: {part.words}" if name else part.words, part), depth)
        yield from _parts(part, depth + 1)


def _with_rows(text: str, fact: Fact) -> str:
    found = [
        f"{label}: {words.rows(rows)}"
        for label, rows in (("Rows", fact.rows), ("Rows against it", fact.against))
        if rows
    ]
    ended = text if not text or not found or text.endswith((".", "?", "!")) else text + "."
    return " ".join(part for part in (ended, *(f"{one}." for one in found)) if part)


def _wrapped(text: str, depth: int) -> str:
    """One paragraph: what a cell holds cannot begin a line of its own."""
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=_INDENT * depth,
        subsequent_indent=_INDENT * depth + _HANGING,
        break_on_hyphens=False,
        break_long_words=False,
    )


# Settings ----------------------------------------------------------------------------------------
def _in_rule(name: str, case: Case) -> str:
    if name == "line":
        return words.days(case.seen.silence.red_line_days)
    return setting_value(name, case.settings)


def _in_force(name: str, case: Case) -> str:
    """The setting's label, its value, and where that came from."""
    if name == "line":
        setting = _red_line_setting(case)
        if setting is None:
            own = case.seen.client
            place = f", {words.rows([own.row])}" if own.row else ""
            return f"the client’s own Red line (days) {own.red_line_days}{place}"
        name = setting
    origin = case.settings.origins.get(name)
    whence = f"from {origin}" if origin else "our default"
    return f"{setting_label(name)} {setting_value(name, case.settings)}, {whence}"


def _red_line_setting(case: Case) -> str | None:
    """The setting that the red line on the as-of date is; None where it is the client's own."""
    settings, seen = case.settings, case.seen
    if seen.client.red_line_days is not None:
        return None
    of_phase = {
        "pre-sale": "red_line_before_the_sale_days",
        "collaboration": "red_line_in_collaboration_days",
    }
    phase = of_phase.get(seen.phases[-1].name) if seen.phases else None
    for name in (phase, "red_line_days"):
        if name is not None and getattr(settings, name) is not None:
            return name
    return f"red_line_{seen.business_model}_days"


# What each figure is -----------------------------------------------------------------------------
def _not_known(what: str) -> str:
    return f"{words.NOT_KNOWN}: {what}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _money(amount: Decimal, currency: str | None) -> str:
    """With pence wherever there are any: a figure that is explained is not rounded away."""
    return words.money(amount, currency, pence=amount != amount.to_integral_value())


def _own_row(case: Case, from_the_sheet: object) -> tuple[Row, ...]:
    """The client's row, where something on it made the figure."""
    row = case.seen.client.row
    return (row,) if row is not None and from_the_sheet is not None else ()


def _purchases(seen: Evidence) -> tuple[Row, ...]:
    return tuple(row for purchase in seen.purchases for row in purchase.rows)


def _sales_in(seen: Evidence, window: Window) -> tuple[Row, ...]:
    return tuple(sale.row for sale in seen.sales if sale.date in window)


def _business_model(case: Case) -> Fact:
    return Fact(case.seen.business_model, _own_row(case, case.seen.client.business_model))


def _red_line_days(case: Case) -> Fact:
    days = case.seen.silence.red_line_days
    return Fact(words.days(days), _own_row(case, case.seen.client.red_line_days))


def _ideal_days(case: Case) -> Fact:
    days = case.seen.silence.ideal_days
    return Fact(words.days(days), _own_row(case, case.seen.client.contact_every_days))


_NO_CONTACT = _not_known("record the first contact with its date (Touchpoints)")


def _last_contact(case: Case) -> Fact:
    day = case.seen.silence.last_contact
    return Fact(_NO_CONTACT if day is None else words.day(day), case.seen.last_contact_rows)


def _silence_days(case: Case) -> Fact:
    days = case.seen.silence.silence_days
    return Fact(_NO_CONTACT if days is None else words.days(days), case.seen.last_contact_rows)


def _overdue(case: Case) -> Fact:
    over = case.seen.silence.overdue
    said = _NO_CONTACT if over is None else f"{over:.2f} red lines"
    return Fact(said, case.seen.last_contact_rows)


def _below_red_line(case: Case) -> Fact:
    return Fact(_yes(case.seen.silence.below_red_line), case.seen.last_contact_rows)


def _before_spells(seen: Evidence) -> tuple[Row, ...]:
    """The last contacts before each silence that was too long."""
    days = seen.contact_days
    return seen.contact_rows(
        days[bisect_left(days, spell.first) - 1] for spell in seen.silence.spells
    )


def _days_below(case: Case) -> Fact:
    return Fact(words.days(case.seen.silence.days_below), _before_spells(case.seen))


def _relationship_days(case: Case) -> Fact:
    seen, quiet = case.seen, case.seen.silence
    first = seen.contact_days[:1]
    since = seen.client.since if seen.client.since == quiet.started else None
    ended = seen.client.ended_on if quiet.client_ended else None
    rows = () if first and quiet.started != first[0] else seen.contact_rows(first)
    return Fact(words.days(quiet.relationship_days), (*rows, *_own_row(case, since or ended)))


def _below_share(case: Case) -> Fact:
    share = case.seen.silence.below_share
    said = _NO_CONTACT if share is None else words.percent(share)
    return Fact(said, _before_spells(case.seen))


def _spells(case: Case) -> Fact:
    found = case.seen.silence.spells
    days = case.seen.contact_days
    parts = tuple(
        (
            f"{words.day(spell.first)} to {words.day(spell.last)}",
            Fact(
                words.days(spell.days),
                case.seen.contact_rows([days[bisect_left(days, spell.first) - 1]]),
            ),
        )
        for spell in found
    )
    return Fact(words.count(len(found), "spell") if found else "none", parts=parts)


def _lifecycle(case: Case) -> Fact:
    return Fact(case.client.lifecycle.name, case.client.lifecycle.rows)


_NO_SALES = _not_known("record sales (Sales)")


def _sold(case: Case) -> bool:
    return case.report.found.sales_recorded


def _relationship(case: Case) -> Fact:
    if not _sold(case):
        return Fact(_NO_SALES)
    return Fact(case.client.relationship.name, case.client.relationship.rows)


def _lapsed(case: Case) -> Fact:
    ended = case.seen.client.ended_on if case.seen.silence.client_ended else None
    return Fact(_yes(case.seen.lapsed), (*_own_row(case, ended), *case.seen.last_contact_rows))


def _next_stage_needs(case: Case) -> Fact:
    if not _sold(case):
        return Fact(_NO_SALES)
    needs = case.client.needs
    said = words.count(len(needs), "thing") if needs else "nothing, both stages are the last"
    return Fact(said, parts=tuple(("", Fact(need)) for need in needs))


def _minutes(case: Case) -> Fact:
    blank = sum(t.minutes_recorded == "none" for t in case.seen.touchpoints)
    without = f"; {words.count(blank, 'touchpoint has', 'touchpoints have')} none" if blank else ""
    return Fact(
        words.count(case.client.worth.minutes, "minute") + without,
        tuple(t.row for t in case.seen.touchpoints if t.minutes),
    )


def _sales_now(case: Case) -> Fact:
    said = _money(case.client.worth.sales_now, case.settings.currency) if _sold(case) else _NO_SALES
    return Fact(said, _sales_in(case.seen, case.year))


def _sales_before(case: Case) -> Fact:
    sales = case.client.worth.sales_before
    said = _money(sales, case.settings.currency) if _sold(case) else _NO_SALES
    return Fact(said, _sales_in(case.seen, year_before(case.report.as_of)))


_NO_RATE = _not_known("record your Hourly rate (Business)")


def _flows(seen: Evidence) -> tuple[Row, ...]:
    """Every row with money or time in it."""
    spent = [t.row for t in seen.touchpoints if t.minutes or t.cost]
    return (*spent, *(sale.row for sale in seen.sales))


def _profit(case: Case) -> Fact:
    profit = case.client.worth.profit
    said = _NO_RATE if _sold(case) else _NO_SALES
    if profit is not None and _sold(case):
        # An hour's cost in minutes may have no end of digits.
        said = words.money(profit, case.settings.currency, pence=True)
    return Fact(said, _flows(case.seen))


def _broke_even_on(case: Case) -> Fact:
    worth = case.client.worth
    if worth.broke_even_on is not None:
        said = words.day(worth.broke_even_on)
    elif worth.costs is None:
        said = _NO_RATE
    elif not case.seen.is_customer:
        said = _not_known("record the first sale (Sales)")
    else:
        said = _not_known("all sales so far have not covered all costs yet")
    return Fact(said, _flows(case.seen))


def _share_of_wallet(case: Case) -> Fact:
    if not _sold(case):
        return Fact(_NO_SALES)
    share = case.client.worth.share_of_wallet
    if share is None:
        return Fact(_not_known("record what they could spend in Potential per year (Clients)"))
    rows = (*_own_row(case, share), *_sales_in(case.seen, case.year))
    return Fact(words.percent(share), rows)


def _rhythm_ratio(case: Case) -> Fact:
    rhythm = case.client.rhythm
    if rhythm is None:
        said = _not_known("record sales on three days or more (Sales)")
    else:
        gap = words.count(round(rhythm.median_gap_days), "day")
        said = f"{rhythm.ratio:.1f} of their usual gaps of {gap}, {rhythm.state}"
    return Fact(said, _purchases(case.seen))


def _ahead_of(case: Case, value: float | None, shown: Callable[[float], str]) -> Fact:
    """What a model says of the client, or why it says nothing."""
    said = _not_known(_why_no_outlook(case)) if value is None else shown(value)
    return Fact(said, _purchases(case.seen))


def _why_no_outlook(case: Case) -> str:
    models = case.report.outlook.models
    if not case.seen.is_customer:
        return "record the first sale (Sales)"
    if isinstance(models.buying, CannotTell):
        return f"record every sale with its date (Sales). {models.buying.reason}"
    if len(case.seen.purchases) == 1:
        return "record a sale on a second day (Sales); of one purchase the model can say nothing"
    if models.voice == "words" and case.ahead.likely is not None:
        word = "likely" if case.ahead.likely else "unlikely"
        return f"record more sales (Sales); so far the model has only a word, “{word}” to buy again"
    return (
        "record more sales (Sales); so few customers have come back that the model cannot say more"
    )


def _p_alive(case: Case) -> Fact:
    return _ahead_of(case, case.ahead.p_alive, words.percent)


def _expected_purchases(case: Case) -> Fact:
    return _ahead_of(case, case.ahead.expected_purchases_52w, lambda number: f"{number:.1f}")


def _clv_12m(case: Case) -> Fact:
    ahead, value = case.ahead, case.report.outlook.models.value
    if ahead.clv_12m is None and ahead.expected_purchases_52w is not None:
        said = (
            f"record the amount of every sale (Sales). {value.reason}"
            if isinstance(value, CannotTell)
            else "record your Gross margin (Business)"
        )
        return Fact(_not_known(said), _purchases(case.seen))
    return _ahead_of(
        case,
        ahead.clv_12m,
        lambda amount: words.money(amount, case.settings.currency, pence=True),
    )


def _behaves_like(case: Case) -> Fact:
    likeness = case.client.likeness
    if not _sold(case):
        said = _NO_SALES
    elif likeness is None:
        said = _not_known("record contacts on four days or more (Touchpoints)")
    else:
        said = f"{likeness.model}. {likeness.reason}"
    return Fact(said, case.seen.contact_rows(case.seen.contact_days))


def _trust(case: Case) -> Fact:
    trust = case.client.trust
    said = _not_known("record what the parts below name, or a rating (Ratings)")
    if trust.value is not None:
        said = f"{trust.value:.0f} of 100"
    parts = [(one.name, _component(one)) for one in trust.components]
    signals = words.count(len(trust.signals), "time") + " they asked for your advice"
    return Fact(said, parts=(*parts, ("signals", Fact(signals, trust.signals))))


def _component(one: Component) -> Fact:
    if one.value is None:
        said = _not_known("record one of these, or a rating (Ratings)")
    else:
        said = f"{one.value:.2f} of 1" if one.name == "communication" else f"{one.value:.1f} of 10"
    if one.rated is not None:
        said += ", as rated"
    parts = tuple(
        (
            part.name,
            Fact(
                f"{part.numerator} of {part.denominator}"
                if part.denominator
                else _not_known(f"record {part.record}"),
                part.rows,
                part.counter_rows,
            ),
        )
        for part in one.parts
    )
    return Fact(said, (one.rated,) if one.rated else (), parts=parts)


def _boundaries(case: Case) -> Fact:
    edges = case.client.boundaries
    start = _not_known("record when contacts begin, in Start (Touchpoints)")
    level = (
        _not_known(
            f"record the Minutes of {case.settings.boundary_touchpoints} touchpoints or more in 12 "
            "months (Touchpoints)"
        )
        if edges.level is None
        else edges.level
    )

    def share(value: float | None, part: Crossing) -> Fact:
        said = f"{words.percent(value)}, {part.count} of {edges.timed} with a Start"
        return Fact(start if value is None else said, part.rows)

    channel = Fact(_not_known("record your Preferred channels (Business)"))
    if edges.off_channel is not None:
        many = words.count(edges.off_channel.count, "touchpoint")
        channel = Fact(many, edges.off_channel.rows)
    scope = Fact(words.count(edges.out_of_scope.minutes, "minute"), edges.out_of_scope.rows)
    load = level if edges.boundary_load is None else words.percent(edges.boundary_load)
    return Fact(
        level,
        parts=(
            ("out_of_hours_share", share(edges.out_of_hours_share, edges.out_of_hours)),
            ("asked_share", share(edges.asked_share, edges.asked)),
            ("offered_share", share(edges.offered_share, edges.offered)),
            ("off_channel", channel),
            ("out_of_scope_minutes", scope),
            ("boundary_load", Fact(load, edges.crossed.rows)),
            ("level", Fact(level)),
        ),
    )


def _kinds(case: Case) -> Fact:
    mix = case.client.mix
    parts = tuple(
        (one.kind, Fact(words.count(one.touchpoints, "touchpoint"), one.rows)) for one in mix.kinds
    )
    return Fact(f"{mix.covered} of {len(mix.kinds)} kinds", parts=parts)


_HEALTH_RECORD = {
    "connection": "the first contact with its date (Touchpoints)",
    "rhythm": "sales on three days or more (Sales)",
    "trust": "what the parts of trust name",
    "sales trend": "sales (Sales)",
    "promises and complaints": "what you promise, in Promised for and Done on, and complaints as a Signal "
    "(Touchpoints)",
}
"""Part of health → what to record to know it."""


def _health(case: Case) -> Fact:
    health = case.client.health
    said = _not_known("record what at least two of the parts below rest on")
    if health.score is not None:
        said = f"{health.score:.0f} of 100, {health.band}"
    parts = tuple(
        (
            part.name,
            Fact(
                _not_known(f"record {_HEALTH_RECORD[part.name]}; weight {part.weight}")
                if part.value is None
                else f"{part.value:.2f}, weight {part.weight}; {part.words}",
                part.rows,
            ),
        )
        for part in health.parts
    )
    return Fact(said, parts=parts)


def _rfm(case: Case) -> Fact:
    scores = case.report.found.rfm.get(case.client.name)
    if scores is None:
        return Fact(_not_known("record the first sale (Sales)"))
    said = (
        f"recency {scores.recency}, frequency {scores.frequency}, monetary {scores.monetary} "
        f"of {scores.out_of}"
    )
    return Fact(said, _purchases(case.seen))


def _opportunities(case: Case) -> Fact:
    chances = case.client.opportunities
    if not chances:
        return Fact("none, the relationship has ended")
    if not _sold(case):
        greetings = tuple((c.kind, _opportunity(c)) for c in chances if c.kind == "greeting")
        return Fact(_NO_SALES + "; without, only greetings can be told", parts=greetings)
    ready = sum(one.ready for one in chances)
    return Fact(
        f"{words.in_words(ready)} ready" if ready else "none ready",
        parts=tuple((one.kind, _opportunity(one)) for one in chances),
    )


def _opportunity(one: Opportunity) -> Fact:
    if one.ready:
        why = "; ".join(check.words for check in one.checks)
        return Fact(f"ready for {words.day(one.day)}, letter {one.letter}: {why}", one.rows)
    why = "; ".join(check.words for check in one.in_the_way)
    against = tuple(row for check in one.in_the_way for row in check.rows)
    return Fact(f"not now: {why}", one.rows, against)


def _actions(case: Case) -> Fact:
    due = [action for action in case.report.actions if action.client == case.client.name]
    parts = tuple(
        (
            action.tier,
            Fact(
                f"{action.what}. {action.why} {words.count(action.minutes, 'minute')}, proposed for "
                f"{words.day(action.day)} at {action.start:%H:%M}"
                + (f"; letter {action.letter}" if action.letter else ""),
                action.rows,
            ),
        )
        for action in due
    )
    return Fact(words.count(len(due), "action") if due else "none", parts=parts)


FIGURES: tuple[Figure, ...] = (
    Figure(
        "business_model",
        "the client’s own Business model, else that of the workbook, {business_model}.",
        _business_model,
    ),
    Figure(
        "red_line_days",
        "the longest silence that the client accepts (000), {line}: the client’s own Red line "
        "(days), else the workbook’s, else our default for the business model.",
        _red_line_days,
    ),
    Figure(
        "ideal_days",
        "the client’s Contact every (days), else half the red line of {line}, rounded up; silent for "
        "no longer, the client is in touch.",
        _ideal_days,
    ),
    Figure(
        "last_contact",
        "the last day up to the date of this report with a touchpoint that the client feels, or with "
        "a sale.",
        _last_contact,
    ),
    Figure("silence_days", "days from the last contact to the date of this report.", _silence_days),
    Figure(
        "overdue",
        "the days of silence beyond the red line of {line} ÷ that line; 0 above it, and when the "
        "relationship has ended.",
        _overdue,
    ),
    Figure(
        "below_red_line",
        "whether the silence is longer than {line} and the relationship has not ended.",
        _below_red_line,
    ),
    Figure(
        "days_below",
        "the days of all spells below the red line; the rows are the last contacts before each.",
        _days_below,
    ),
    Figure(
        "relationship_days",
        "days from the first contact, or Client since where that is earlier, to Ended on, else to the "
        "date of this report, both counted.",
        _relationship_days,
    ),
    Figure(
        "below_share",
        "days below the red line ÷ days in the relationship; the rows are the last contacts before "
        "each spell.",
        _below_share,
    ),
    Figure(
        "spells",
        "each unbroken run of days on which the silence was longer than the red line of that day, "
        "which is now {line}; the rows are the last contacts before it.",
        _spells,
    ),
    Figure(
        "lifecycle",
        "reach, nothing has come back; acquisition, something has; conversion, one purchase day; "
        "retention, two or more; loyalty, {loyalty_purchase_days} or more, the first at least "
        "{loyalty_after_days} days ago, and not below the red line of {line} (004).",
        _lifecycle,
    ),
    Figure(
        "relationship",
        "courting, no purchase day; contract, one; continuation, two or more; commitment, "
        "{loyalty_purchase_days} or more, the first at least {loyalty_after_days} days ago, and at most "
        "{commitment_below_share} of the last 12 months below the red line; convergence, also advice "
        "asked in that time, and work that runs now, {convergence_services} services or purchases in "
        "{convergence_months} of the 12 months (004).",
        _relationship,
    ),
    Figure(
        "lapsed",
        "ended, or silent for more than {lapsed_after_red_lines} red lines of {line} with no work "
        "running from a From to a To.",
        _lapsed,
    ),
    Figure(
        "next_stage_needs",
        "what the next stage of lifecycle and of relationship asks for and is not there yet.",
        _next_stage_needs,
    ),
    Figure(
        "minutes",
        "the Minutes of all touchpoints up to the date of this report; a blank counts as the activity’s "
        "Usual minutes, else as 0.",
        _minutes,
    ),
    Figure("sales_now", "the sales of the last 12 months; refunds count as negative.", _sales_now),
    Figure(
        "sales_before",
        "the sales of the 12 months before the last 12; refunds count as negative.",
        _sales_before,
    ),
    Figure(
        "profit",
        "all sales less their direct costs, the costs of touchpoints, and your time at an hourly rate "
        "of {hourly_rate}.",
        _profit,
    ),
    Figure(
        "broke_even_on",
        "the day, from the first purchase on, since which all sales have covered all costs, with your "
        "time at an hourly rate of {hourly_rate}.",
        _broke_even_on,
    ),
    Figure(
        "share_of_wallet",
        "the sales of the last 12 months ÷ the client’s Potential per year.",
        _share_of_wallet,
    ),
    Figure(
        "rhythm_ratio",
        "days since the last purchase ÷ the median gap between the client’s own purchase days; above "
        "{overdue_after_gaps} overdue, above {quiet_after_gaps} quiet.",
        _rhythm_ratio,
    ),
    Figure(
        "p_alive",
        "the chance that the client still buys, by BG/NBD (Fader, Hardie & Lee 2005) on the purchase "
        "days of all customers.",
        _p_alive,
    ),
    Figure(
        "expected_purchases_52w",
        "purchases to be expected in the next 52 weeks, by the same model.",
        _expected_purchases,
    ),
    Figure(
        "clv_12m",
        "expected purchases × what one is likely to bring (Gamma–Gamma) × a gross margin of "
        "{gross_margin}.",
        _clv_12m,
    ),
    Figure(
        "behaves_like",
        "the business model whose plainest case is nearest in the share of days below the red line, "
        "the burstiness of the gaps between contacts, and the share of effort in collaboration, which is "
        "{collaboration_days} days from a sale without From and To.",
        _behaves_like,
    ),
    Figure(
        "trust",
        "(Care × Accountability) to the power of Communication (001), each the mean of its known parts "
        "over the last 12 months, or the latest rating in them; understanding looks "
        "{understanding_before_days} days before and {understanding_after_days} after the first "
        "purchase, {human_connection_touches} touches make the human connection complete, complaints "
        "are due in {complaint_days} days, a clear beginning lies within {clear_beginning_days} days, "
        "an answer within {answer_working_days} working days ({working_days}, public holidays of country "
        "{country} left out).",
        _trust,
    ),
    Figure(
        "boundaries",
        "minutes out of hours and not urgent, or out of scope, ÷ all minutes of the last 12 months: "
        "watch from {boundary_watch}, act from {boundary_act}, n/a under {boundary_touchpoints} "
        "touchpoints; out of hours is before {opens}, from {closes} on, on another day than "
        "{working_days}, or on a public holiday of country {country}; off channel is any but "
        "{preferred_channels}.",
        _boundaries,
    ),
    Figure(
        "kinds",
        "touchpoints of the last 12 months of each of the eleven kinds of 002, as the catalogue or "
        "the Activities sheet says.",
        _kinds,
    ),
    Figure(
        "health",
        "100 × the mean of the known parts, weighted: connection {health_connection_weight}, rhythm "
        "{health_rhythm_weight}, trust {health_trust_weight}, sales trend {health_sales_weight}, "
        "promises and complaints {health_promises_weight}; healthy from {health_healthy}, watch from "
        "{health_watch}, else at risk, n/a with fewer than two known.",
        _health,
    ),
    Figure(
        "rfm",
        "recency, frequency and money, each 1 + ⌊k × customers strictly worse ÷ customers⌋, k being "
        "5 from 25 customers, 3 from 10, else their number.",
        _rfm,
    ),
    Figure(
        "opportunities",
        "wow, not lapsed, in the upper half by sales, last bought {wow_from_days} to {wow_until_days} days "
        "ago, no surprise in {wow_again_days} days, no open complaint; referral, committed or loyal, above "
        "the red line of {line}, no open complaint, a score of {good_score}, advice asked or Trust of "
        "{high_trust}, not asked in {referral_again_days} days; testimonial, bought in the last 12 months, "
        "last score {good_score}, none given, not asked in {testimonial_again_days} days, no open "
        "complaint; survey, bought or work ended in the last {survey_within_days} days, none in "
        "{survey_again_days}; greeting, a birthday or anniversary in the next {greeting_days} days; and "
        "for all, not ended.",
        _opportunities,
    ),
    Figure(
        "actions",
        "promises, answers, complaints, reconnections, prospects short of {contacts_before_sale} "
        "contacts, plans, invoices (late for more than {second_reminder_days} days the second reminder, "
        "for more than {third_reminder_days} the third), boundaries, opportunities, in this order, on your "
        "working days "
        "({working_days}), at most {daily_action_minutes} minutes a day.",
        _actions,
    ),
)
"""Every figure of a client, in the order of the JSON form."""
