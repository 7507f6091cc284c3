"""What the templates are given: the report, arranged for the eye, each part made once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal

from markupsafe import Markup

from reportgen import environments, words
from reportgen.analyses.prevention import Prevention
from reportgen.evidence.evidence import days_overdue
from reportgen.evidence.red_line import SilenceState, Spell
from reportgen.letters.due import DueLetter, due_letters
from reportgen.letters.library import Letters
from reportgen.letters.mailings import MailMerge, mail_merges
from reportgen.model import Sale, Touchpoint
from reportgen.pictures.client import client_picture
from reportgen.pictures.drawing import Chart
from reportgen.pictures.strip import Shared, Strip, shared, strip
from reportgen.problems import Row
from reportgen.report.changes import Change
from reportgen.report.findings import ClientFindings
from reportgen.report.outlook import UNKNOWN, ClientOutlook
from reportgen.report.plan.plan import Action, Mailing, Stale, Waiting, stake
from reportgen.report.report import Report
from reportgen.site.layout import Column, Link, Names
from reportgen.values import cached_property, dataclass

SPELLS_SHOWN = 200


CURVE_AT_LEAST = 10


@dataclass(slots=True)
class ClientView:
    """One client with what the pages show beside the findings."""

    findings: ClientFindings
    slug: str
    report: Report
    action: Action | None
    """The message of the month's plan to them; None without one."""
    shared: Callable[[], Shared]
    """Gives the calendar and the scale of the small matrices."""
    has_page: bool = True
    """Of very many clients, not all have one."""
    cache: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The client's name."""
        return self.findings.name

    @property
    def ahead(self) -> ClientOutlook:
        """What the models expect of the client."""
        return self.report.outlook.clients.get(self.name, UNKNOWN)

    @property
    def state(self) -> SilenceState:
        """The silence in a word, for the list and its filter."""
        return self.findings.seen.state

    def prevention(self, spell: Spell) -> Prevention | None:
        """What could have prevented one of the client's spells; None of one that is history."""
        return next((one for one in self.findings.preventions if one.spell == spell), None)

    def prevented_by(self, spell: Spell) -> str:
        """The touches that could have prevented it, with their days; empty of one that is history."""
        found = self.prevention(spell)
        touches = found.touches if found else ()
        return words.listed(
            [f"{one.light.activity.name} by {words.short_day(one.day)}" for one in touches]
        )

    @property
    def link(self) -> Link:
        """The client's name, leading to the client's page."""
        return Link(self.name, f"clients/{self.slug}")

    def svg(self) -> Markup:
        """The client's matrix as an SVG element; empty when nothing has happened."""
        if "svg" not in self.cache:
            found = self.report.found
            picture = client_picture(
                self.findings.seen,
                self.findings.preventions,
                self.report.settings,
                with_phases=found.sales_recorded,
            )
            template = environments.html().get_template("pictures/client.svg")
            self.cache["svg"] = template.render(p=picture, slug=self.slug) if picture else ""
        return Markup(self.cache["svg"])

    def strip(self) -> Strip:
        """The client's small matrix, on the calendar and the scale of all."""
        found = self.report.found
        return strip(self.findings.seen, self.report.settings, self.shared(), found.sales_recorded)

    def small_svg(self) -> Markup:
        """The same as an SVG element."""
        template = environments.html().get_template("pictures/small.svg")
        return Markup(template.render(p=self.strip()))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a client stands among the others, and who stands beside them."""

    before: Link | None
    said: str
    """``2 of 13 by what is at stake``."""
    after: Link | None


Wanted = Callable[["Site"], Iterable[Chart]]
"""The pictures that one page wants of the site, as far as the data can carry them."""


class Site:
    """What all pages of one report share; every part is made once, when first asked for."""

    def __init__(
        self,
        report: Report,
        letters: Letters,
        allowed: frozenset[str],
        wanted: Iterable[Wanted],
    ) -> None:
        """``allowed`` names the pages and parts of pages that the report's edition has.

        ``wanted`` gives the pictures over all clients, page by page.
        """
        self.report = report
        self.allowed = allowed
        self.letters = letters
        slugs = words.slugs([client.name for client in report.found.clients])
        planned = {action.client: action for action in report.plan.actions}
        self.clients = [
            ClientView(one, slugs[one.name], report, planned.get(one.name), lambda: self.strips)
            for one in report.found.clients
        ]
        self.by_name = {view.name: view for view in self.clients}
        self._wanted = tuple(wanted)

    def sees(self, what: str) -> bool:
        """Whether the report's edition has a page, or a part of pages."""
        return what in self.allowed

    def rows(self, found: Iterable[Row]) -> tuple[Row, ...]:
        """The rows behind a figure; none where the edition may not see addresses."""
        return tuple(found) if self.sees("rows") else ()

    def columns(self, *columns: Column, rows: Column) -> tuple[Column, ...]:
        """Of a table: the last one, that of the rows, only where the edition may see addresses."""
        return (*columns, rows) if self.sees("rows") else columns

    def money(self, amount: Decimal | float | None, pence: bool = False) -> str:
        """An amount in the workbook's currency."""
        return words.money(amount, self.report.settings.currency, pence)

    def names(self, found: Sequence[str], most: int) -> Names:
        """The first clients of those named, each leading to the client's page."""
        more = len(found) - most
        return Names(
            tuple(self.by_name[name].link for name in found[:most]), f"{more:,}" if more > 0 else ""
        )

    def letter(self, name: str | None) -> Link | None:
        """A letter's title, leading to it on the Letters page; None without one, or without that page.

        An owner may name a letter that there is none of: then the name stands as it is.
        """
        if not name or not self.sees("letters"):
            return None
        known = next((one for one in self.letters.all if one.name == name), None)
        return Link(known.title, "letters", name) if known else Link(name, "")

    @cached_property
    def worst_first(self) -> list[ClientView]:
        """Running relationships by how far silence is beyond the line, then the lapsed and ended."""
        order = {
            SilenceState.BELOW: 0,
            SilenceState.DUE: 1,
            SilenceState.IN_TOUCH: 1,
            SilenceState.NONE: 2,
            SilenceState.LAPSED: 3,
            SilenceState.ENDED: 4,
        }

        def place(view: ClientView) -> tuple[int, float, str]:
            quiet = view.findings.seen.silence
            beyond = (quiet.silence_days or 0) / quiet.red_line_days
            return order[view.state], -beyond, view.name.casefold()

        return sorted(self.clients, key=place)

    @cached_property
    def running(self) -> list[ClientView]:
        """Worst first, without the lapsed and the ended."""
        return [view for view in self.worst_first if view.findings.seen.is_running]

    @cached_property
    def strips(self) -> Shared:
        """The calendar and the scale of the small matrices: those of the running clients."""
        running = [view.findings.seen for view in self.clients if view.findings.seen.is_running]
        return shared(running, self.report.settings, self.report.as_of)

    @cached_property
    def by_stake(self) -> list[ClientView]:
        """The running clients: those below the red line first, then by sales, then by silence."""

        def place(view: ClientView) -> tuple[bool, Decimal, float, str]:
            seen = view.findings.seen
            silent = (seen.silence.silence_days or 0) / seen.silence.red_line_days
            is_above = view.state is not SilenceState.BELOW
            return is_above, -stake(seen), -silent, view.name.casefold()

        return sorted(self.running, key=place)

    @cached_property
    def apart(self) -> dict[SilenceState, list[ClientView]]:
        """The lapsed and the ended, each by name."""
        return {
            state: [view for view in self.clients if view.state is state]
            for state in (SilenceState.LAPSED, SilenceState.ENDED)
        }

    @cached_property
    def places(self) -> dict[str, Place]:
        """Client → place: the running by what is at stake, the lapsed, the ended; else by sales."""
        groups = (
            [
                (self.by_stake, "by what is at stake"),
                (self.apart[SilenceState.LAPSED], "lapsed"),
                (self.apart[SilenceState.ENDED], "ended"),
            ]
            if self.sees("matrix")
            else [(self.by_sales, "by sales of the last 12 months")]
        )
        said = {
            view.name: f"{at} of {len(group):,} {by}"
            for group, by in groups
            for at, view in enumerate(group, 1)
        }
        paged = [view for group, _ in groups for view in group if view.has_page]
        links = [None, *(view.link for view in paged), None]
        return {
            view.name: Place(before, said[view.name], after)
            for before, view, after in zip(links, paged, links[2:], strict=False)
        }

    @cached_property
    def before(self) -> Mapping[str, ClientFindings]:
        """Client → what was found at the end of the month before."""
        return {client.name: client for client in self.report.before.clients}

    @cached_property
    def changes_of(self) -> Mapping[str, list[Change]]:
        """Client → what changed since then; only clients of whom something did."""
        found: defaultdict[str, list[Change]] = defaultdict(list)
        for one in self.report.changes:
            found[one.client].append(one)
        return found

    @cached_property
    def pictures(self) -> dict[str, Chart]:
        """The pictures over all clients by name; one that the data cannot carry is not there."""
        return {chart.name: chart for of_page in self._wanted for chart in of_page(self)}

    @cached_property
    def by_sales(self) -> list[ClientView]:
        """Most sales in W first, then by name."""
        return sorted(self.clients, key=lambda v: (-v.findings.worth.sales_now, v.name.casefold()))

    @cached_property
    def due_letters(self) -> dict[str, DueLetter]:
        """Client → the letter of the plan to them, filled in; only clients with one."""
        if not self.sees("letters"):
            return {}
        return {due.client: due for due in due_letters(self.report, self.letters)}

    @cached_property
    def mail_merges(self) -> tuple[MailMerge, ...]:
        """The mailings of the plan, in its order; none where the edition has no letters."""
        return mail_merges(self.report, self.letters) if self.sees("letters") else ()

    @cached_property
    def touchpoints(self) -> Mapping[Row, Touchpoint]:
        """Each that has come, by its row."""
        return {one.row: one for view in self.clients for one in view.findings.seen.touchpoints}

    @cached_property
    def mailing_of(self) -> dict[str, Mailing]:
        """Client → the mailing that they are in; only clients in one."""
        return {name: one for one in self.report.plan.mailings for name in one.clients}

    @cached_property
    def waiting_of(self) -> Mapping[str, list[Waiting]]:
        """Client → what waits."""
        found: defaultdict[str, list[Waiting]] = defaultdict(list)
        for one in self.report.plan.waiting:
            found[one.client].append(one)
        return found

    @cached_property
    def stale_of(self) -> Mapping[str, list[Stale]]:
        """Client → what may have been done."""
        found: defaultdict[str, list[Stale]] = defaultdict(list)
        for one in self.report.plan.stale:
            found[one.client].append(one)
        return found

    @cached_property
    def open_invoices(self) -> list[tuple[ClientView, Sale, int]]:
        """Each with the days that it is late, 0 before it is due; the longest overdue first."""
        as_of = self.report.as_of
        owed = [(view, sale) for view in self.clients for sale in view.findings.seen.open_invoices]
        dated = sorted(owed, key=lambda one: (one[1].due_on or as_of, one[0].name))
        return [(view, sale, days_overdue(sale, as_of)) for view, sale in dated]


def no_sales(report: Report) -> str:
    unusable = "; what could not be used stands under Data problems" if report.problems else ""
    return f"No sale is recorded up to now: this page rests on the Sales sheet{unusable}."
