"""The sentence that answers each page's question, written from the figures.

Each changes its shape with the case and says so when little is known.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from reportgen.report.actions import Tier
from reportgen.report.findings import ClientFindings, below, running
from reportgen.report.report import Report
from reportgen.shares import TOO_FEW
from reportgen.words import (
    count,
    day,
    days,
    in_words,
    listed,
    money,
    percent,
    range_of,
    sentence_case,
)


def _amount(sales: Decimal, report: Report) -> str:
    figure = money(sales, report.settings.currency)
    if report.edition == "coach":
        return f"{figure}, where those of the largest client in all are 100"
    return figure


def overview(report: Report) -> str:
    """How are we, and what first?"""
    going, silent = running(report.found), below(report.found)
    if not report.found.clients or not going:
        lapsed = report.found.counts.lapsed
        if lapsed == 1:
            return (
                "Your one relationship is not running: "
                "the last contact is too long ago, or it has ended."
            )
        return (
            f"None of your {count(lapsed, 'relationship')} is running: the last contact with each "
            "is too long ago, or it has ended."
            if lapsed
            else _no_contact(report)
        )
    if not silent:
        return f"{_all(len(going))} above the red line. {_next_due(report)}"
    sales = sum((client.worth.sales_now for client in silent), Decimal())
    with_them = (
        f"; {'its' if len(silent) == 1 else 'their'} sales of the last 12 months were "
        f"{_amount(sales, report)}"
        if sales > 0
        else ""
    )
    held = len(going) - len(silent)
    if not held:
        return f"Nobody is above the red line: {_all_have(len(going))} slipped below it{with_them}."
    return (
        f"{sentence_case(in_words(held))} of your {count(len(going), 'running relationship')} "
        f"{'is' if held == 1 else 'are'} above the red line. "
        f"{sentence_case(in_words(len(silent)))} {'has' if len(silent) == 1 else 'have'} slipped below it"
        f"{with_them}."
    )


def _no_contact(report: Report) -> str:
    planned = report.found.counts.planned
    if planned:
        return (
            f"There is no contact with a client up to {day(report.as_of)}: "
            f"{count(planned, 'row is', 'rows are')} dated later, which makes a plan."
        )
    return "There is no contact with a client yet. Record the first, and this page begins to speak."


def _all(number: int) -> str:
    return (
        "Your one running relationship is"
        if number == 1
        else f"All {number:,} running relationships are"
    )


def _all_have(number: int) -> str:
    return "your one running relationship has" if number == 1 else f"all {number:,} have"


def _next_due(report: Report) -> str:
    """Who slips below the red line first."""
    room = [
        (c.seen.silence.red_line_days - c.seen.silence.silence_days, c.name)
        for c in running(report.found)
        if c.seen.silence.silence_days is not None
    ]
    left, name = min(room)
    if len(room) == 1:
        return f"Without a contact it slips below it {days(left + 1)} from now."
    return f"{name} slips below it first, {days(left + 1)} from now."


def actions(report: Report) -> str:
    """What do I do this month?"""
    todo = report.this_month
    if not todo:
        return (
            "Nothing is overdue: no promise is waiting "
            "and no running relationship is below the red line."
        )
    minutes = sum(action.minutes for action in todo)
    whole, rest = divmod(minutes, 60)
    time = f"{whole} h {rest} min" if whole and rest else f"{whole} h" if whole else f"{rest} min"
    tiers = [(tier, sum(action.tier == tier for action in todo)) for tier in TIER_WORDS]
    parts = [
        words.format(count(number, one, many))
        for tier, number in tiers
        if number
        for one, many, words in (TIER_WORDS[tier],)
    ]
    last = max(action.day for action in todo)
    return (
        f"{sentence_case(in_words(len(todo)))} thing{'' if len(todo) == 1 else 's'}, {time} in all: "
        f"{listed(parts, len(parts))}. "
        + (
            f"At {report.settings.daily_action_minutes} minutes a day you are through by {day(last)}."
            if minutes > report.settings.daily_action_minutes
            else "One sitting is enough."
        )
        + (
            f" {sentence_case(count(len(report.later), 'more', 'more'))} can wait."
            if report.later
            else ""
        )
    )


TIER_WORDS: dict[Tier, tuple[str, str, str]] = {
    "promise": ("promise", "promises", "{} to keep"),
    "answer": ("answer", "answers", "{} to give"),
    "complaint": ("complaint", "complaints", "{} to put right"),
    "reconnection": ("client", "clients", "{} to get back in touch with"),
    "prospect": ("prospect", "prospects", "{} to write to again"),
    "plan": ("next step", "next steps", "{} to agree"),
    "invoice": ("invoice", "invoices", "{} to chase"),
    "boundary": ("boundary", "boundaries", "{} to talk about"),
    "opportunity": ("opportunity", "opportunities", "{} to take"),
}
"""Tier of an action → one, several, and what is to be done with them; in the order of the tiers."""


def matrix(report: Report) -> str:
    """Where do time and effort go, and where do I go silent?"""
    known = [c for c in report.found.clients if c.seen.silence.below_share is not None]
    if not known:
        return "No client has been in touch yet, so there is nothing to draw."
    slipped = [client for client in known if client.seen.silence.spells]
    if len(known) == 1:
        return _matrix_of_one(known[0])
    if not slipped:
        return f"None of your {count(len(known), 'relationship')} was ever below the red line."
    after = [c for c in slipped if _fell_after_the_work(c)]
    first = (
        f"All {count(len(known), 'relationship')} have been below the red line at some time"
        if len(slipped) == len(known)
        else f"{sentence_case(in_words(len(slipped)))} of {count(len(known), 'relationship')} "
        f"{'has' if len(slipped) == 1 else 'have'} been below the red line at some time"
    )
    if len(after) * 2 > len(slipped):
        is_shop = report.settings.business_model == "product"
        moment = "the sale" if is_shop else "the work was done"
        return (
            f"{first}, and {in_words(len(after))} of them first fell silent after {moment}: "
            "that is the moment to plan for."
        )
    days_below = sum(c.seen.silence.days_below for c in known)
    share = days_below / sum(c.seen.silence.relationship_days for c in known)
    return f"{first}; taken together, {percent(share)} of all days were spent below it."


def _matrix_of_one(one: ClientFindings) -> str:
    quiet = one.seen.silence
    if not quiet.spells:
        return "Your one relationship was never below the red line."
    return (
        "Your one relationship has been below the red line at some time; "
        f"{percent(quiet.below_share)} of its days were spent below it."
    )


def _fell_after_the_work(client: ClientFindings) -> bool:
    first = client.seen.silence.spells[0].first
    return any(
        phase.name == "post-sale" and phase.first <= first <= phase.last
        for phase in client.seen.phases
    )


def lifecycle(report: Report) -> str:
    """Who is where, and what moves them on?"""
    found = report.found
    if not found.clients:
        return "There is no client yet."
    if not found.sales_recorded:
        return (
            "No sale is recorded, so nobody counts as having bought: "
            "the Sales sheet is what moves a client beyond acquisition and courting."
        )
    close = [
        c
        for c in found.clients
        if not c.seen.lapsed
        and c.relationship.name == "continuation"
        and len(c.relationship.needs) == 1
    ]
    woven = [
        c
        for c in found.clients
        if not c.seen.lapsed
        and c.relationship.name == "commitment"
        and len(c.relationship.needs) == 1
    ]
    committed = [
        c.name for c in found.clients if c.relationship.name in ("commitment", "convergence")
    ]
    if close:
        return (
            f"{sentence_case(in_words(len(close)))} client{'s are' if len(close) > 1 else ' is'} "
            f"one step from commitment: {listed([c.name for c in close])}."
        )
    if woven:
        return (
            f"{sentence_case(in_words(len(woven)))} client{'s are' if len(woven) > 1 else ' is'} "
            f"one step from convergence: {listed([c.name for c in woven])}."
        )
    if committed:
        return (
            f"{sentence_case(in_words(len(committed)))} of {count(len(found.clients), 'client')} "
            f"{'has' if len(committed) == 1 else 'have'} reached commitment or more, "
            f"{listed(committed)}; nobody else is one step away."
        )
    customers = found.counts.customers
    if len(found.clients) == 1:
        return (
            f"Your one client has bought; {_commitment(report)}."
            if customers
            else "Your one client has not bought yet: still courting."
        )
    bought = (
        f"All {count(customers, 'client')}"
        if customers == len(found.clients)
        else f"{sentence_case(in_words(customers))} of {count(len(found.clients), 'client')}"
    )
    return (
        f"{bought} {'has' if customers == 1 else 'have'} bought so far; {_commitment(report)}."
        if customers
        else f"None of {count(len(found.clients), 'client')} has bought yet: all are still courting."
    )


def _commitment(report: Report) -> str:
    settings = report.settings
    together = "a year" if settings.loyalty_after_days == 365 else days(settings.loyalty_after_days)
    bought = count(settings.loyalty_purchase_days, "purchase").partition(" ")[2]
    return f"commitment needs {in_words(settings.loyalty_purchase_days)} {bought} and {together} together"


def retention(report: Report) -> str:
    """Do they come back?"""
    if not report.found.sales_recorded:
        return f"Nobody can tell yet. {_no_sales(report)}"
    kept, repeats = report.found.retention, report.found.repeats
    share = kept.logo_retention
    if share.denominator == 1:
        bought = "bought" if share.numerator else "has not bought"
        return f"Your one client of the year before {bought} again in the last 12 months{range_of(share)}."
    if share.denominator:
        return (
            f"Of the {count(share.denominator, 'client')} of the year before, {share.numerator:,} bought "
            f"again in the last 12 months{range_of(share)}."
        )
    rate = repeats.repeat_rate
    if rate.denominator:
        return (
            f"There is no year before to compare with yet; of {count(rate.denominator, 'customer')} so "
            f"far, {rate.numerator:,} came back{range_of(rate)}."
        )
    return "Nobody has bought yet, so nobody could come back."


def _no_sales(report: Report) -> str:
    unusable = "; what could not be used stands under Data problems" if report.problems else ""
    return f"No sale is recorded up to now: this page rests on the Sales sheet{unusable}."


def value(report: Report) -> str:
    """What is each worth, and how much hangs on how few?"""
    spread = report.found.concentration
    if spread.effective_clients is None:
        return (
            "Nobody paid anything in the last 12 months."
            if report.found.counts.sales
            else _no_sales(report)
        )
    if spread.paying == 1:
        return "All of the last 12 months’ sales come from one client."
    if spread.paying <= 3:
        return (
            f"All of the last 12 months’ sales come from {in_words(spread.paying)} clients; "
            f"the largest brings {percent(spread.top1_share)}."
        )
    if f"{spread.effective_clients:.1f}" == f"{spread.paying}.0":
        return (
            f"Three clients bring {percent(spread.top3_share)} of sales, "
            f"which are spread evenly over {spread.paying} clients."
        )
    return (
        f"Three clients bring {percent(spread.top3_share)} of sales: "
        f"it is as if you had {spread.effective_clients:.1f} clients, not {spread.paying}."
    )


def clients(report: Report) -> str:
    """All of them, in a sentence."""
    counts = report.found.counts
    if not counts.clients:
        return "There is no client yet."
    lapsed = in_words(counts.lapsed) if counts.lapsed else "none"
    return f"{sizes(report)}; {lapsed} of them lapsed." + (
        " Those silent for longest beyond their red line come first." if counts.clients > 1 else ""
    )


def sizes(report: Report) -> str:
    """How many clients there are and, where sales are recorded, how many of them have bought."""
    counts = report.found.counts
    every = count(counts.clients, "client")
    if not report.found.sales_recorded:
        return f"{every}, of whom no sale is recorded"
    return f"{every}: {count(counts.customers, 'customer')}, {count(counts.prospects, 'prospect')}"


def problems(report: Report) -> str:
    """What could not be used?"""
    if not report.problems:
        return f"Every one of the {count(report.cells, 'cell')} looked at could be used."
    places = len({problem.where for problem in report.problems})
    return (
        f"{sentence_case(in_words(places))} of {count(report.cells, 'cell')} could not be used as "
        f"{'it stands' if places == 1 else 'they stand'}; everything else on "
        f"{'its row' if places == 1 else 'their rows'} counts, unless it says otherwise below."
    )


def client(one: ClientFindings, report: Report) -> str:
    """How are we two?"""
    seen, quiet = one.seen, one.seen.silence
    if quiet.last_contact is None or quiet.silence_days is None:
        return "There has been no contact yet."
    if quiet.client_ended:
        return f"Ended on {day(quiet.ended)}; the last contact was on {day(quiet.last_contact)}."
    next_step = _next_step(one) if report.found.sales_recorded else ""
    if seen.lapsed:
        return (
            f"Lapsed: silent for {days(quiet.silence_days)}, "
            f"since {day(quiet.last_contact)}, with nothing running."
        )
    if quiet.below_red_line:
        over = quiet.silence_days - quiet.red_line_days
        return f"Below the red line for {days(over)}: silent since {day(quiet.last_contact)}{next_step}."
    since = (
        f" since {day(quiet.spells[-1].last + timedelta(days=1))}"
        if quiet.spells
        else " from the start"
    )
    return f"Above the red line{since}{next_step}."


def _next_step(one: ClientFindings) -> str:
    needs = one.relationship.needs
    if len(needs) != 1:
        return ""
    stages = ("courting", "contract", "continuation", "commitment", "convergence")
    following = stages[stages.index(one.relationship.name) + 1]
    return f"; for {following} it needs {needs[0]}"


def trust(report: Report) -> str:
    """Do they trust me, and why?"""
    going = running(report.found)
    known = [client_ for client_ in going if client_.trust.value is not None]
    if not known:
        return (
            "Trust cannot be told yet: record promises, complaints and incoming messages on the "
            "Touchpoints sheet, or your own judgement on the Ratings sheet."
        )
    parts = weakest_parts(report)
    of = f"Trust can be told for {count(len(known), 'client')} of {len(going):,}"
    if not parts:
        return f"{of}, and nothing holds it back."
    name, done, asked = parts[0]
    what, counted = TRUST_WORDS[name]
    if asked == 1:
        return f"{of}. What holds it back most is {what}."
    return f"{of}. What holds it back most is {what}: {counted.format(f'{asked - done:,}', f'{asked:,}')}."


TRUST_WORDS = {
    "understanding": (
        "understanding at the beginning",
        "{0} of {1} customers had no discovery, brief or onboarding around the first purchase",
    ),
    "reliability": ("promises", "{0} of {1} were not kept on the day"),
    "human connection": (
        "human connection",
        "{0} of {1} relationship-building touches were missing",
    ),
    "problems owned": ("problems owned late", "{0} of {1} complaints were not put right in time"),
    "clear beginnings": (
        "unclear beginnings",
        "{0} of {1} purchases had no brief, proposal or agenda before them",
    ),
    "responsiveness": ("slow answers", "{0} of {1} messages were not answered in time"),
    "both directions": (
        "one-way contact",
        "in {0} of {1} months with contact it went only one way",
    ),
    "listening": ("not asking", "{0} of {1} clients were not asked for feedback"),
    "continuity": ("silence", "{0} of {1} days were below the red line"),
}
"""Part of Trust → what holds it back, and the count in words."""


def weakest_parts(report: Report) -> list[tuple[str, int, int]]:
    """Each part of Trust over all running clients, the weakest first: name, how many, of how many.

    Parts that are met in full, or not known for anybody, are left out.
    """
    done: dict[str, int] = {}
    asked: dict[str, int] = {}
    for client_ in running(report.found):
        trusted = client_.trust
        for one in (trusted.care, trusted.accountability, trusted.communication):
            for part in one.parts:
                done[part.name] = done.get(part.name, 0) + min(part.numerator, part.denominator)
                asked[part.name] = asked.get(part.name, 0) + part.denominator
    known = [(name, done[name], asked[name]) for name in asked if done[name] < asked[name]]

    def place(one: tuple[str, int, int]) -> tuple[bool, float, str]:
        name, met, of = one
        # A part that rests on a handful of cases comes after those that can be trusted; so do briefs
        # and onboardings where nobody ever had one: a shop sells shoes without a brief.
        not_its_way = name in ("understanding", "clear beginnings") and not met
        return (of < TOO_FEW or not_its_way, met / of, name)

    return sorted(known, key=place)


def boundaries(report: Report) -> str:
    """Who eats my evenings?"""
    portfolio = report.found.boundaries
    overall = portfolio.overall
    if not overall.timed:
        return (
            "Nobody can tell yet: with Start on the Touchpoints sheet this page sees your evenings."
        )
    if not portfolio.by_client:
        late = overall.out_of_hours.count
        return (
            f"Your evenings are your own: none of {count(overall.timed, 'timed touchpoint')} "
            "was out of hours."
            if not late
            else f"{sentence_case(count(late, 'touchpoint'))} of {overall.timed:,} were out of hours, "
            "without minutes to weigh them by."
        )
    worst = portfolio.by_client
    few = worst[: 2 if len(worst) > 2 else 1]
    share = sum(one.share for one in few)
    who = listed([one.client for one in few])
    verb = "causes" if len(few) == 1 else "cause"
    if share < 0.4:
        first = (
            f"{sentence_case(in_words(len(worst)))} clients share {percent(overall.out_of_hours_share)} of "
            "timed contacts out of hours, nobody much of it"
        )
    else:
        first = f"{who} {verb} {percent(share)} of out-of-hours work"
    offered = portfolio.offered_by_owner
    if offered:
        return f"{first}; {percent(offered)} of it you offered yourself."
    return f"{first}; none of it did you offer yourself."


def touchpoints(report: Report) -> str:
    """Which hours could a template do?"""
    spent = report.found.efficiency
    if not spent.minutes:
        return "There are no minutes yet: record Minutes on the Touchpoints sheet to see where they go."
    share = spent.low_value_share
    month = spent.low_value_hours_per_month
    if not share or month is None:
        return (
            f"None of {count(round(spent.minutes / 60), 'hour')} of the last 12 months went into "
            "administration, as far as it is recorded."
        )
    first = listed([one.activity.name.casefold() for one in spent.savings], 2)
    return (
        f"Administration takes {month:.1f} h a month, {percent(share)} of your time; templates for "
        f"{first} come first and would save some {spent.savings_hours:.0f} hours a year."
    )


def opportunities(report: Report) -> str:
    """Who would gladly be asked?"""
    ready = {
        kind: sum(
            one.kind == kind and one.ready for c in report.found.clients for one in c.opportunities
        )
        for kind in OPPORTUNITY_WORDS
    }
    parts = [
        f"{in_words(number)} for {OPPORTUNITY_WORDS[kind]}"
        for kind, number in ready.items()
        if number
    ]
    if not report.found.sales_recorded:
        due = f"Ready this month: {listed(parts, 5)}." if parts else "No birthday is near."
        return f"{due} No sale is recorded, and all other opportunities rest on the Sales sheet."
    if not parts:
        return "Nobody this month: the table says what stands in the way."
    return f"Ready this month: {listed(parts, 5)}."


OPPORTUNITY_WORDS = {
    "wow": "a surprise",
    "referral": "a referral request",
    "testimonial": "a testimonial",
    "survey": "the short survey",
    "greeting": "a greeting",
}


def letters(report: Report) -> str:
    """Words for it."""
    due = [action for action in report.actions if action.letter]
    if not due:
        return "No letter is due this month; all of them are here for when one is."
    people = len({action.client for action in due})
    return (
        f"{sentence_case(count(len(due), 'letter'))} {'is' if len(due) == 1 else 'are'} due, for "
        f"{count(people, 'client')}: each is filled in, to copy or to send."
    )
