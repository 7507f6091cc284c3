"""The story of each sample business (sample_data/README.md), as a coach reads it off the pages.

Every figure in a sentence is counted here once more, from the rows of the book alone; what is said is
written out, and stands on its page and in the Markdown edition.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from holidays import country_holidays
from scipy.stats import binomtest
from sites import sample_book, sample_report

from reportgen.model import Relationship
from reportgen.site.files import pages

SAMPLES = Path(__file__).parents[2] / "sample_data"
T = date(2026, 10, 31)
YEAR_AGO, TWO_YEARS_AGO = date(2025, 10, 31), date(2024, 10, 31)
LOYAL_FROM = {"consultancy": 3, "service": 12, "product": 4, "subscription": 12}
RED_LINES = {"consultancy": 60, "service": 35, "product": 90, "subscription": 31}
DAY = timedelta(days=1)
HOLIDAYS = country_holidays("GB", years=range(2023, 2028))
QUESTIONS = (
    *("index", "matrix", "lifecycle", "retention", "value"),
    *("trust", "boundaries", "touchpoints"),
)

ALSO_READ = ("letters", "actions", "sources", "business", "me")
"""Pages that are read for their words alone."""


def percent(share: float) -> str:
    return f"{share * 100:.0f}\N{NO-BREAK SPACE}%"


def money(amount: Decimal) -> str:
    return f"£{amount:,.0f}"


def small(number: int) -> str:
    """A number as prose has it."""
    return {2: "two", 4: "four"}.get(number, str(number))


@dataclass
class One:
    """What the rows of one client show, in plain Python."""

    rows: Relationship
    red_line: int
    model: str
    name: str = field(init=False)

    def __post_init__(self):
        self.name = self.rows.client.name
        self.touchpoints = [t for t in self.rows.touchpoints if t.date <= T]
        self.sales = [s for s in self.rows.sales if s.date <= T]
        self.lately = [t for t in self.touchpoints if t.date > YEAR_AGO]
        ended = self.rows.client.ended_on
        self.ended = ended if ended and ended <= T else None
        self.contacts = sorted(
            {t.date for t in self.touchpoints if t.activity.connects} | {s.date for s in self.sales}
        )
        on = {day: [s.amount for s in self.sales if s.date == day] for day in self.contacts}
        self.bought = [d for d, paid in on.items() if paid and (sum(paid) > 0 or not any(paid))]

    @property
    def runs(self) -> bool:
        if not self.contacts or self.ended:
            return not self.ended
        working = any(s.starts and s.starts <= T <= s.ends for s in self.sales)
        return (T - self.contacts[-1]).days <= 4 * self.red_line or working

    @property
    def is_below(self) -> bool:
        return self.runs and (T - self.contacts[-1]).days > self.red_line

    @property
    def waits(self) -> bool:
        """Whether something is to be put right: nobody is asked for anything before it is."""
        promised = any(
            t.promised_for and t.promised_for < T and not (t.done_on and t.done_on <= T)
            for t in self.touchpoints
        )
        complained = any(
            t.signal == "complaint" and not (t.resolved_on and t.resolved_on <= T)
            for t in self.touchpoints
        )
        wrote = [t for t in self.touchpoints if t.direction == "in" and t.date > YEAR_AGO]
        unanswered = bool(wrote) and not any(
            t.activity.connects
            and (t.direction != "in" or t.activity.two_way)
            and (
                t.date > wrote[-1].date
                or (
                    t.date == wrote[-1].date
                    and not (t.start and wrote[-1].start and t.start < wrote[-1].start)
                )
            )
            for t in self.touchpoints
        )
        return self.is_below or promised or complained or unanswered

    @cached_property
    def silent(self) -> list[date]:
        """Every day below the red line."""
        last = self.ended or T
        gaps = [*pairwise(self.contacts), (self.contacts[-1], last + DAY)] if self.contacts else []
        first = timedelta(days=self.red_line + 1)
        return [a + first + n * DAY for a, b in gaps for n in range((b - a - first).days)]

    @property
    def together(self) -> int:
        """Days of the relationship."""
        since = self.rows.client.since
        return ((self.ended or T) - min(d for d in (since, *self.contacts[:1]) if d)).days + 1

    @property
    def fell_silent_after_work(self) -> bool:
        """Whether the first day below lies after a sale and outside all work."""
        day = self.silent[0]
        sold = [s for s in self.sales if s.amount >= 0]
        work = [(s.starts or s.date, s.ends or s.date + 29 * DAY) for s in sold]
        after = any(s.date <= day for s in sold)
        return after and not any(first <= day <= last for first, last in work)

    def paid(self, after: date, to: date = T) -> Decimal:
        return sum((s.amount for s in self.sales if after < s.date <= to), Decimal())

    def was_active(self, after: date, to: date) -> bool:
        worked = any(s.starts and s.starts <= to and s.ends > after for s in self.sales)
        return worked or any(after < day <= to for day in self.bought)

    @cached_property
    def purchases(self) -> list[date]:
        """The first day of each purchase; of a paid month that has no sale, the 1st."""
        if self.model == "consultancy":
            sold = [s for s in self.sales if s.amount > 0]
            return sorted({min(s.date for s in sold if s.project == p.project) for p in sold})
        if self.model == "product":
            return self.bought
        paid = {day.replace(day=1): day for day in reversed(self.bought)}
        spans = [(s.starts, s.ends) for s in self.sales if s.starts and s.date in self.bought]
        for first, last in spans:
            reach = last if last.day >= 15 else last.replace(day=1) - DAY
            days = [first + n * DAY for n in range((min(reach, T) - first).days + 1)]
            for month in {day.replace(day=1) for day in days}:
                paid.setdefault(month, month)
        return sorted(paid.values())

    @property
    def has_plan(self) -> bool:
        ahead = [r for r in (*self.rows.touchpoints, *self.rows.sales) if r.date > T]
        return bool(ahead) or any(s.starts and s.starts <= T <= s.ends for s in self.sales)

    @property
    def lacks(self) -> int:
        """How many of the four things for commitment are missing."""
        lately = [day for day in self.silent if day > YEAR_AGO]
        begun = max(YEAR_AGO, min(self.contacts) - DAY)
        return (
            (len(self.purchases) < LOYAL_FROM[self.model])
            + ((T - self.purchases[0]).days < 365)
            + (len(lately) / ((self.ended or T) - begun).days > 0.25)
            + (not self.has_plan)
        )

    @property
    def is_committed(self) -> bool:
        return len(self.purchases) >= 2 and not self.lacks

    @property
    def lacks_for_convergence(self) -> int:
        """How many of the two things are missing."""
        advice = any(t.signal == "advice asked" for t in self.lately)
        working = any(s.starts and s.starts <= T <= s.ends for s in self.sales)
        services = {s.service for s in self.sales if s.service and s.amount >= 0}
        months = {(d.year, d.month) for d in self.purchases if d > YEAR_AGO}
        return (not advice) + (not (working or len(services) >= 3 or len(months) >= 9))


class Business:
    """One sample with its report, its pages, and the same facts counted anew."""

    def __init__(self, name):
        book, settings = sample_book(name)
        default = settings.red_line_days or RED_LINES[settings.business_model]
        self.settings = settings
        self.all = [
            One(
                r,
                r.client.red_line_days or default,
                r.client.business_model or settings.business_model,
            )
            for r in book.relationships
        ]
        self.running = [one for one in self.all if one.runs]
        self.report = sample_report(name)
        read = (*QUESTIONS, *ALSO_READ)
        wanted = {f"{q}.html" for q in read} | {
            f"markdown/{'README' if q == 'index' else q}.md" for q in read
        }
        self.pages = {p.path: p.render() for p in pages(self.report) if p.path in wanted}

    @property
    def lately(self):
        return [t for one in self.all for t in one.lately]

    def is_late(self, t):
        """Whether it began out of hours."""
        return t.start is not None and (
            not self.settings.opens <= t.start < self.settings.closes
            or t.date.weekday() not in self.settings.working_days
            or t.date in HOLIDAYS
        )

    def late(self, one):
        """One client's out of hours, the urgent ones aside, and messages that nobody answered then."""

        def crosses(t):
            if t.direction != "in" or t.activity.two_way:
                return True
            after = [
                a
                for a in one.lately
                if (a.direction != "in" or a.activity.two_way)
                and a.activity.connects
                and (a.date, a.start or t.start) >= (t.date, t.start)
            ]
            first = min(after, key=lambda a: (a.date, a.start or t.start), default=None)
            return first is not None and self.is_late(first) and not first.urgent

        return [t for t in one.lately if not t.urgent and self.is_late(t) and crosses(t)]

    def evenings(self):
        """Everybody's out of hours, and the share of all minutes that crossed a line."""
        late = [t for one in self.all for t in self.late(one)]
        crossed = {t.row: t.minutes for t in self.lately if t.in_scope is False}
        crossed |= {t.row: t.minutes for t in late}
        return late, sum(crossed.values()) / sum(t.minutes for t in self.lately)

    def sold(self):
        """The sales of the year, in words."""
        return money(sum(one.paid(YEAR_AGO) for one in self.all))

    def underpaid(self):
        """With how many an hour of the year earned less than the rate, of those with five hours."""
        found = 0
        for one in self.all:
            costs = sum(t.cost or 0 for t in one.lately)
            costs += sum(s.direct_cost or 0 for s in one.sales if s.date > YEAR_AGO)
            minutes = sum(t.minutes for t in one.lately)
            earned = one.paid(YEAR_AGO) - costs
            found += minutes >= 300 and earned < self.settings.hourly_rate * minutes / 60
        return found

    def effective(self):
        """Paying clients, the share of the largest three, and one over the sum of squared shares."""
        paid = sorted((one.paid(YEAR_AGO) for one in self.all), reverse=True)
        paid = [float(amount) for amount in paid if amount > 0]
        shares = [amount / sum(paid) for amount in paid]
        return len(paid), sum(shares[:3]), 1 / sum(share**2 for share in shares)

    def kept(self):
        """Last year's clients, how many of them were clients this year too, and what the page says."""
        before = [one for one in self.all if one.was_active(TWO_YEARS_AGO, YEAR_AGO)]
        still = [one for one in before if one.was_active(YEAR_AGO, T)]
        gone = [one for one in before if one not in still]
        brought = sum(one.paid(TWO_YEARS_AGO, YEAR_AGO) for one in gone)
        ends = binomtest(len(still), len(before)).proportion_ci(method="wilson")
        told = f"between {percent(ends.low)} and {percent(ends.high)}"
        assert f"{len(still)} of last year’s {len(before)}; {told}" in self.pages["retention.html"]
        said = (
            f"Of last year’s {len(before)} clients {small(len(still))} were clients this year too; "
            f"the other {small(len(gone))} had brought {money(brought)}."
        )
        return len(before), len(still), said

    def trusted(self):
        """Running clients of whom three parts of trust are known: these here had word of her in the year.

        Then continuity, listening and both directions are.
        """
        return sum(any(t.activity.connects for t in one.lately) for one in self.running)

    def unrated(self, what):
        """The running clients of whom no rating in W says what a component of trust is."""
        return [
            one
            for one in self.running
            if not any(
                YEAR_AGO < r.date <= T and getattr(r, what) is not None for r in one.rows.ratings
            )
        ]

    def without_onboarding_or_review(self):
        """Customers without an onboarding within 30 days, or, paying for a year, without a review in W."""
        lacking = paying = 0
        for one in self.unrated("accountability"):
            if one.bought and one.touchpoints:
                first, paying = one.bought[0], paying + 1
                lacking += not (
                    any(
                        t.activity.role == "onboarding" and abs((t.date - first).days) <= 30
                        for t in one.touchpoints
                    )
                    if first > YEAR_AGO
                    else any(t.activity.role == "review" for t in one.lately)
                )
        return lacking, paying

    def one_way(self):
        """Calendar months of W with contact that went one way, of those with contact."""
        alone = together = 0
        for one in self.unrated("communication"):
            months = {}
            for t in one.lately:
                if t.activity.connects or t.direction == "in":
                    months.setdefault((t.date.year, t.date.month), set()).add(str(t.direction))
            alone += sum(ways in ({"in"}, {"out"}) for ways in months.values())
            together += len(months)
        return alone, together

    def impersonal(self):
        """Of the running clients with word of her in W, those without one that builds the relationship."""
        known = [
            one for one in self.unrated("care") if any(t.activity.connects for t in one.lately)
        ]
        return sum(
            not any(t.activity.kind == "relationship building" for t in one.lately) for one in known
        ), len(known)

    def administration(self):
        """Hours a month, share of the time, and half of it in hours a year."""
        minutes = Counter()
        for t in self.lately:
            minutes[t.activity.value] += t.minutes
        low = minutes["low"]
        return low / 60 / 12, low / (low + minutes["high"]), low / 60 / 2

    def greeted(self):
        """Who has a birthday or an anniversary in the 31 days after."""
        coming = {((T + n * DAY).month, (T + n * DAY).day) for n in range(1, 32)}
        return [
            one.name
            for one in self.all
            if any(
                d and (d.month, d.day) in coming
                for d in (one.rows.client.birthday, *one.purchases[:1])
            )
        ]

    def surveyed(self):
        """Who bought or whose work ended in the last 60 days, without a survey in 180."""
        since = T - timedelta(days=60)
        done = []
        for one in self.all:
            asked = [t.date for t in one.touchpoints if t.activity.role == "survey"]
            asked += [f.date for f in one.rows.feedback if f.kind == "survey" and f.date <= T]
            ended = [s.ends for s in one.sales if s.ends and since < s.ends <= T]
            recent = ended or [day for day in one.bought if day > since]
            if recent and not one.ended and (not asked or (T - max(asked)).days >= 180):
                done.append(one.name)
        return done

    def free(self, names):
        """Those who may be asked: they are running, and nothing is to be put right; or they have ended."""
        here = [one for one in self.all if one.name in names]
        return [one.name for one in here if one.ended or (one.runs and not one.waits)]

    def surprised(self):
        """Who is in the upper half of customers, bought 60 to 365 days ago, and expects nothing."""
        middle = median(one.paid(YEAR_AGO) for one in self.all if one.bought)
        found = []
        for one in self.all:
            wow = [
                t for t in one.touchpoints if t.activity.role == "wow" and (T - t.date).days < 180
            ]
            good = one.runs and one.bought and 0 < one.paid(YEAR_AGO) >= middle
            if good and 60 <= (T - one.bought[-1]).days <= 365 and not (wow or complains(one)):
                found.append(one.name)
        return found

    def praised(self):
        """Whose last score is nine tenths, who bought in W, and has neither given nor been asked."""
        found = []
        for one in self.all:
            feedback = [f for f in one.rows.feedback if f.date <= T]
            scores = [f.score / f.out_of for f in feedback if f.score is not None and f.out_of]
            given = [f for f in feedback if f.kind == "testimonial"]
            given += [t for t in one.touchpoints if t.signal == "testimonial given"]
            asked = [
                t
                for t in one.touchpoints
                if (t.activity.role == "testimonial request" or t.signal == "testimonial asked")
                and (T - t.date).days < 180
            ]
            happy = scores and scores[-1] >= Decimal("0.9") and one.bought[-1:] > [YEAR_AGO]
            if happy and not (one.ended or given or asked or complains(one)):
                found.append(one.name)
        return found

    def recommended(self):
        """Who is committed, above the line, in good spirits, and was not asked."""
        found = []
        for one in self.all:
            asked = [
                t
                for t in one.touchpoints
                if (t.activity.role == "referral request" or t.signal == "referral asked")
                and (T - t.date).days < 180
            ]
            scores = [
                f.score / f.out_of
                for f in one.rows.feedback
                if YEAR_AGO < f.date <= T and f.score is not None and f.out_of
            ]
            advice = any(t.signal == "advice asked" for t in one.lately)
            trust = next(c.trust.index for c in self.report.found.clients if c.name == one.name)
            glad = advice or (trust or 0) >= 70 or max(scores, default=0) >= Decimal("0.9")
            above = one.contacts and (T - one.contacts[-1]).days <= one.red_line
            bought = one.purchases
            loyal = len(bought) >= LOYAL_FROM[one.model] and (T - bought[0]).days >= 365
            if loyal and above and glad and not (one.ended or asked or complains(one)):
                found.append(one.name)
        return found


def complains(one):
    return any(
        t.signal == "complaint" and (t.resolved_on is None or t.resolved_on > T)
        for t in one.touchpoints
    )


@pytest.fixture(scope="module")
def designer():
    return Business("interior-designer")


@pytest.fixture(scope="module")
def assistant():
    return Business("virtual-assistant")


@pytest.fixture(scope="module")
def shop():
    return Business("shoe-shop")


@pytest.fixture(scope="module")
def boxes():
    return Business("meal-box")


class Answer(HTMLParser):
    """The text that answers the page's question: a paragraph, in the letter the heading."""

    def __init__(self, html):
        super().__init__()
        self.text, self._inside = "", False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._inside = self._inside or ("class", "answer") in attrs

    def handle_endtag(self, tag):
        self._inside = self._inside and tag not in ("p", "h1")

    def handle_data(self, data):
        self.text += data if self._inside else ""


def says(business, question):
    """The page's answer; the Markdown edition says the same."""
    answer = Answer(business.pages[f"{question}.html"]).text
    text = business.pages[f"markdown/{'README' if question == 'index' else question}.md"]
    plain = text.replace("\\", "").replace("&amp;", "&")
    assert f"**{answer}**" in plain or answer in plain
    return answer


def reaching(business, what, first):
    """The headline: what goes out in the first week, and how much of the year its readers brought."""
    brought = sum(one.paid(YEAR_AGO) for one in first)
    year = sum(one.paid(YEAR_AGO) for one in business.all)
    return f"{what} who brought {money(brought)} of the year’s {money(year)}."


# The interior designer: months of care, a handover with flowers, and then silence


def test_designer_overview(designer):
    """The three silent clients with most sales are the first three of the plan."""
    below = [one for one in designer.running if one.is_below]
    assert (len(designer.running), len(below)) == (13, 5)
    first = sorted(below, key=lambda one: -one.paid(YEAR_AGO))[:3]
    assert [one.name for one in first] == [
        "Tandoor & Thyme",
        "Beaumont-Clarke family",
        "MacInnes family",
    ]
    what = "Three messages this week reach clients"
    assert says(designer, "index") == reaching(designer, what, first)


def test_designer_matrix_gives_her_pattern_away(designer):
    known = [one for one in designer.running if one.contacts]
    slipped = [one for one in known if one.silent]
    after = sum(one.fell_silent_after_work for one in slipped)
    assert (len(slipped), after) == (8, 7)
    assert says(designer, "matrix") == (
        f"Eight of {len(known)} running clients have been below the red line, "
        "seven of them first after the work was done: plan for that moment."
    )
    assert after / len(slipped) > 0.8


def test_designer_lifecycle_names_who_asked_for_advice_came_back_and_has_no_next_meeting(designer):
    asked = [o.name for o in designer.all if any(t.signal == "advice asked" for t in o.touchpoints)]
    back = [one for one in designer.all if len(one.purchases) >= 2]
    assert asked == [one.name for one in back] == ["Haddad family", "Harcourt House B&B"]
    assert [one.is_committed for one in back] == [False, True]
    assert near_commitment(designer) == ["Haddad family"]
    assert not back[0].has_plan
    assert says(designer, "lifecycle") == (
        "Nine of 13 running clients lack one thing for continuation: a second project."
    )


def test_designer_two_of_28_clients_with_a_second_project(designer):
    bought = [one for one in designer.all if one.purchases]
    assert (sum(len(one.purchases) > 1 for one in bought), len(bought)) == (2, 28)
    for page in ("retention.html", "markdown/retention.md"):
        assert "2 of 28" in designer.pages[page]


def test_designer_retention(designer):
    before, still, said = designer.kept()
    assert still / before < 0.3
    assert says(designer, "retention") == said


def test_designer_value(designer):
    paying, top, effective = designer.effective()
    assert 0.39 < top < 0.41
    assert designer.underpaid() == 5
    assert says(designer, "value") == (
        f"Three of {paying} paying clients brought two fifths of the year’s {designer.sold()}; an hour "
        "with five earned under £65."
    )
    page = designer.pages["value.html"]
    assert f"the largest three {percent(top)}" in page
    assert f"as if you had ten clients of one size, not {paying}" in page
    assert round(effective) == 10


def test_designer_trust(designer):
    def was_heard(one):
        asked = any(t.activity.kind == "feedback" for t in one.lately)
        return asked or any(YEAR_AGO < f.date <= T for f in one.rows.feedback)

    known = [one for one in designer.unrated("communication") if one.lately]
    deaf = sum(not was_heard(one) for one in known)
    assert says(designer, "trust") == (
        f"What holds trust back most is not asking: {deaf} of {len(known)} clients were not asked "
        "for feedback."
    )


def test_designer_boundaries(designer):
    late, load = designer.evenings()
    timed = sum(t.start is not None and not t.urgent for t in designer.lately)
    assert load < 0.1
    assert len(late) == 1
    assert says(designer, "boundaries") == (
        f"Your evenings are yours: one of {timed} timed touchpoints in the year was out of hours, "
        f"{late[0].minutes} min in all."
    )


def test_designer_touchpoints(designer):
    hours, share, saved = designer.administration()
    assert says(designer, "touchpoints") == (
        f"Administration takes {hours:.1f} h a month, {percent(share)} of your time; templates "
        f"would save some {saved:.0f} hours a year, most for ordering."
    )


def test_designer_opportunities(designer):
    counts = (
        len(designer.surprised()),
        len(designer.recommended()),
        len(designer.praised()),
        len(designer.surveyed()),
        len(designer.greeted()),
    )
    assert counts == (6, 2, 0, 4, 3)
    assert [len(designer.free(of)) for of in (designer.surprised(), designer.recommended())] == [
        1,
        1,
    ]
    assert [len(designer.free(of)) for of in (designer.surveyed(), designer.greeted())] == [3, 0]


# The virtual assistant: a rhythm that hardly ever breaks, and one client who takes the evenings


def test_assistant_overview(assistant):
    """A complaint, a promise and a message: what is owed to those with most sales."""
    below = [one for one in assistant.running if one.is_below]
    assert (len(assistant.running), len(below)) == (24, 1)
    assert below[0].paid(YEAR_AGO) == 0
    owed = ("Quickfire Events", "Plumtree Lettings", "Ashdown Osteopathy")
    first = [one for name in owed for one in assistant.running if one.name == name]
    what = "Three messages this week reach clients"
    assert says(assistant, "index") == reaching(assistant, what, first)


def test_assistant_matrix_hardly_ever_breaks(assistant):
    known = [one for one in assistant.running if one.contacts]
    slipped = [one for one in known if one.silent]
    share = sum(len(one.silent) for one in known) / sum(one.together for one in known)
    assert len(slipped) == 1
    assert says(assistant, "matrix") == (
        f"One of {len(known)} running clients has been below the red line; together they spent "
        f"{percent(share)} of all days below it."
    )


def near_commitment(business):
    return [
        one.name
        for one in business.running
        if len(one.purchases) >= 2 and not one.is_committed and one.lacks == 1
    ]


def near_convergence(business):
    return [
        one.name for one in business.running if one.is_committed and one.lacks_for_convergence == 1
    ]


def test_assistant_lifecycle(assistant):
    near = near_commitment(assistant)
    assert near == []
    near = near_convergence(assistant)
    assert says(assistant, "lifecycle") == (
        f"Seven of {len(assistant.running)} running clients lack one thing for convergence: a request "
        "for your advice in the last 12 months."
    )


def test_assistant_retention_of_long_clients(assistant):
    before, still, said = assistant.kept()
    assert still / before > 0.9
    assert says(assistant, "retention") == said


def test_assistant_value(assistant):
    paying, top, effective = assistant.effective()
    assert 0.323 < top < 0.343
    assert assistant.underpaid() == 5
    assert says(assistant, "value") == (
        f"Three of {paying} paying clients brought a third of the year’s {assistant.sold()}; an hour "
        "with five earned under £34."
    )
    told = f"as if you had {round(effective)} clients of one size, not {paying}"
    assert told in assistant.pages["value.html"]
    best = max(assistant.all, key=lambda one: one.paid(YEAR_AGO))
    assert best.name == "Quickfire Events"


def test_assistant_trust_lacks_what_was_never_agreed(assistant):
    missing, paying = assistant.without_onboarding_or_review()
    assert says(assistant, "trust") == (
        f"What holds trust back most is unclear beginnings: {missing} of {paying} clients had no "
        "onboarding at their first payment, or no review in the year."
    )


def test_assistant_boundaries_name_quickfire(assistant):
    late, load = assistant.evenings()
    assert {t.client for t in late} == {"Quickfire Events"}
    assert load < 0.1
    (quickfire,) = [one for one in assistant.all if one.name == "Quickfire Events"]
    crossed = {t.row: t.minutes for t in quickfire.lately if t.in_scope is False}
    crossed |= {t.row: t.minutes for t in late}
    share = sum(crossed.values()) / sum(t.minutes for t in quickfire.lately)
    assert says(assistant, "boundaries") == (
        f"{percent(share)} of the time with Quickfire Events, {round(sum(crossed.values()) / 60)} hours in "
        "the year, crosses a line, and it is time to act."
    )


def test_assistant_me_says_what_its_pages_say(assistant):
    """Little of all time crosses a line, but much of Quickfire's, as the page on boundaries says."""
    _, _, saved = assistant.administration()
    assert says(assistant, "me") == (
        "Trust suffers most from unclear beginnings; Quickfire Events takes more of your time than was "
        f"agreed; templates would save some {saved:.0f} hours a year."
    )


def test_assistant_touchpoints_name_invoices_and_chasing_money(assistant):
    hours, share, saved = assistant.administration()
    low = Counter()
    for t in assistant.lately:
        if t.activity.value == "low":
            low[t.activity.name.casefold()] += t.minutes
    assert [name for name, _ in low.most_common(2)] == ["invoice", "chasing money"]
    assert says(assistant, "touchpoints") == (
        f"Administration takes {hours:.1f} h a month, {percent(share)} of your time; templates "
        f"would save some {saved:.0f} hours a year, most for invoice."
    )


def test_assistant_opportunities(assistant):
    counts = (
        len(assistant.surprised()),
        len(assistant.recommended()),
        len(assistant.praised()),
        len(assistant.surveyed()),
        len(assistant.greeted()),
    )
    assert counts == (0, 15, 7, 1, 3)
    assert [len(assistant.free(of)) for of in (assistant.recommended(), assistant.praised())] == [
        12,
        6,
    ]
    assert [len(assistant.free(of)) for of in (assistant.surveyed(), assistant.greeted())] == [0, 0]


# The shoe shop: between two pairs mostly silence, and almost a third came once


def test_shop_overview(shop):
    """Those who have slipped below the line are one mailing, and it comes first."""
    below = [one for one in shop.running if one.is_below]
    (mailing, *_), first = shop.report.plan.mailings, shop.report.plan.tasks[1:3]
    mailed = [one for one in shop.running if one.name in {*mailing.clients}]
    assert (len(mailed), [one for one in mailed if not one.is_below]) == (46, [])
    owed = [one for one in shop.running if one.name in {task.client for task in first}]
    what = "One mailing to 46 clients and two messages this week reach clients"
    assert says(shop, "index") == reaching(shop, what, [*mailed, *owed])
    assert len(below) - 46 < 3, "who has a message of their own is not in the mailing"
    assert len(below) > len(shop.running) / 4


def test_shop_matrix_is_silence_after_the_sale(shop):
    known = [one for one in shop.running if one.contacts]
    slipped = [one for one in known if one.silent]
    after = sum(one.fell_silent_after_work for one in slipped)
    assert says(shop, "matrix") == (
        f"{len(slipped)} of {len(known)} running clients have been below the red line, "
        f"{after} of them first after the sale: plan for that moment."
    )
    assert after > 0.8 * len(known)


def test_shop_lifecycle(shop):
    once = [one for one in shop.running if len(one.bought) == 1]
    assert len(once) > len(near_commitment(shop))
    assert says(shop, "lifecycle") == (
        f"{len(once)} of {len(shop.running)} running clients lack one thing for continuation: a "
        "purchase on a second day."
    )


def test_shop_retention(shop):
    *_, said = shop.kept()
    assert says(shop, "retention") == said
    repeat = shop.report.found.repeats.repeat_rate
    customers = [one for one in shop.all if one.bought]
    assert repeat.denominator == len(customers)
    once = sum(len(one.bought) == 1 for one in customers)
    assert repeat.denominator - repeat.numerator == once
    assert 0.28 < once / len(customers) < 1 / 3


def test_shop_value_hangs_on_nobody(shop):
    paying, top, _ = shop.effective()
    assert top < 0.09
    assert says(shop, "value") == (
        f"Little hangs on any one of {paying} paying clients: the three largest brought {percent(top)} "
        f"of the year’s {shop.sold()}."
    )
    largest = float(
        max(one.paid(YEAR_AGO) for one in shop.all) / sum(one.paid(YEAR_AGO) for one in shop.all)
    )
    assert f'<span class="figure">{percent(largest)}</span>' in shop.pages["value.html"]


def test_shop_trust_lacks_the_human_touch(shop):
    missing, wanted = shop.impersonal()
    assert says(shop, "trust") == (
        f"What holds trust back most is human connection: {missing} of {wanted} "
        "relationship-building touches were missing."
    )


def test_shop_boundaries(shop):
    late, _ = shop.evenings()
    timed = sum(t.start is not None and not t.urgent for t in shop.lately)
    assert late == []
    assert says(shop, "boundaries") == (
        f"Your evenings are yours: none of {timed} timed touchpoints in the year was out of hours."
    )


def hours_without_administration(business):
    assert not any(t.minutes for t in business.lately if t.activity.value == "low")
    whole, rest = divmod(sum(t.minutes for t in business.lately), 60)
    assert rest
    return (
        f"None of the {whole} h {rest} min of the last 12 months went into administration, as far as "
        "it is recorded."
    )


def test_shop_touchpoints(shop):
    assert says(shop, "touchpoints") == hours_without_administration(shop)


def test_shop_opportunities(shop):
    assert (len(shop.free(shop.recommended())), len(shop.free(shop.greeted()))) == (7, 10)


# The meal boxes: hardly anybody ever falls below the red line


def test_boxes_overview(boxes):
    below = [one for one in boxes.running if one.is_below]
    assert len(below) == 1
    assert below[0].paid(YEAR_AGO) == 0
    owed = ("Jasmine Hashmi", "Rukhsana Lowther", "Claire Kowalska")
    first = [one for name in owed for one in boxes.running if one.name == name]
    what = "Three messages this week reach clients"
    assert says(boxes, "index") == reaching(boxes, what, first)


def test_boxes_matrix_is_hardly_ever_below(boxes):
    known = [one for one in boxes.running if one.contacts]
    slipped = [one for one in known if one.silent]
    after = sum(one.fell_silent_after_work for one in slipped)
    assert (len(slipped), after) == (4, 3)
    share = sum(len(one.silent) for one in known) / sum(one.together for one in known)
    assert says(boxes, "matrix") == (
        f"Four of {len(known)} running clients have been below the red line, three of them first after a "
        "paid month was over: plan for that moment."
    )
    assert share < 0.06


def test_boxes_lifecycle(boxes):
    assert near_commitment(boxes) == []
    near = near_convergence(boxes)
    assert says(boxes, "lifecycle") == (
        f"{len(near)} of {len(boxes.running)} running clients lack one thing for convergence: a request "
        "for your advice in the last 12 months."
    )


def test_boxes_retention(boxes):
    *_, said = boxes.kept()
    assert says(boxes, "retention") == said


def test_boxes_retention_names_who_cancelled(boxes):
    """Those with an Ended on in the last 12 months, in the HTML and in the Markdown edition."""
    clients = [one.rows.client for one in boxes.all]
    ended = [one.name for one in clients if one.ended_on and YEAR_AGO < one.ended_on <= T]
    assert len(ended) == 8
    page = boxes.pages["retention.html"]
    listed = page.split(f"Ended, by your own record ({len(ended)})")[1].split("</dd>")[0]
    assert listed.count("<a ") == len(ended)
    assert all(name in listed for name in ended)
    assert f"**Ended, by your own record ({len(ended)})**" in boxes.pages["markdown/retention.md"]


def test_boxes_value(boxes):
    paying, top, _ = boxes.effective()
    assert 0.11 < top < 0.15
    assert says(boxes, "value") == (
        f"Little hangs on any one of {paying} paying clients: the three largest brought over a tenth "
        f"of the year’s {boxes.sold()}."
    )
    largest = float(
        max(one.paid(YEAR_AGO) for one in boxes.all) / sum(one.paid(YEAR_AGO) for one in boxes.all)
    )
    assert f'<span class="figure">{percent(largest)}</span>' in boxes.pages["value.html"]


def test_boxes_trust_lacks_a_word_from_the_other_side(boxes):
    alone, together = boxes.one_way()
    assert says(boxes, "trust") == (
        f"What holds trust back most is one-way contact: in {alone} of {together} months with "
        "contact it went only one way."
    )


def test_boxes_boundaries(boxes):
    late, _ = boxes.evenings()
    timed = sum(t.start is not None and not t.urgent for t in boxes.lately)
    assert says(boxes, "boundaries") == (
        f"Your evenings are yours: eight of {timed} timed touchpoints in the year were out of hours, "
        "1 h 40 min in all."
    )
    assert (len(late), sum(t.minutes for t in late)) == (8, 100)


def test_boxes_touchpoints(boxes):
    assert says(boxes, "touchpoints") == hours_without_administration(boxes)


def test_boxes_opportunities(boxes):
    counts = (len(boxes.surprised()), len(boxes.recommended()), len(boxes.praised()))
    assert counts == (0, 14, 15)
    assert (len(boxes.surveyed()), len(boxes.greeted())) == (3, 9)
    assert (len(boxes.free(boxes.surveyed())), len(boxes.free(boxes.greeted()))) == (2, 9)


@pytest.mark.parametrize("sample", ["designer", "assistant", "shop", "boxes"])
def test_only_method_speaks_the_language_of_the_field(sample, request):
    """No article by its number, no term of statistics."""
    field_words = re.compile(
        r"\(00\d\)|rticle 00\d|\b00\d: [a-z]|\b(?:GRR|NRR|RFM|HHI|AUC)\b|burstiness|log-rank"
    )
    shown = request.getfixturevalue(sample).pages
    names = [*QUESTIONS[1:], *ALSO_READ]
    read = [f"{name}.{end}" for name in names for end in ("html", "md")]
    for path in read:
        text = shown[path if path.endswith("html") else f"markdown/{path}"]
        assert field_words.findall(text) == [], path
