"""The words of *Worth*: sentences from plain values."""

from __future__ import annotations

from reportgen.words import count, count_in_words, in_words, listed, percent, sentence_case

_PARTS = (
    (0.1, "a tenth"),
    (0.2, "a fifth"),
    (0.25, "a quarter"),
    (1 / 3, "a third"),
    (0.4, "two fifths"),
    (0.5, "half"),
    (0.6, "three fifths"),
    (2 / 3, "two thirds"),
    (0.75, "three quarters"),
    (0.8, "four fifths"),
    (0.9, "nine tenths"),
    (1.0, "all"),
)
_EXACT = 0.01
"""A share so near to a part is that part."""


def part(share: float) -> str:
    """A share in round words: ``two fifths``, ``nearly half``, ``over a third``; tiny ones in per cent."""
    if share < _PARTS[0][0] - _EXACT:
        return percent(share)
    near, said = min(_PARTS, key=lambda one: abs(one[0] - share))
    if abs(near - share) <= _EXACT and near < 1:
        return said
    return said if share == near else f"{'nearly' if share < near else 'over'} {said}"


def answer(paying: int, top1: float, top3: float, sales: str, below_rate: int, rate: str) -> str:
    """How much of the year's sales hangs on how few, and with how many an hour earned less than the rate.

    ``sales`` is the amount in words, or empty where it is an index.
    """
    year = f"the year’s {sales or 'sales'}"
    if paying == 1:
        return f"All of {year} came from one client{_below(below_rate, rate)}."
    if paying <= 3:
        larger = "larger" if paying == 2 else "largest"
        few = f"All of {year} came from {in_words(paying)} clients, {part(top1)} from the {larger}"
        return f"{few}{_below(below_rate, rate)}."
    if top3 < _LITTLE:
        return (
            f"Little hangs on any one of {paying:,} paying clients: the three largest brought "
            f"{part(top3)} of {year}."
        )
    clients = count_in_words(paying, "paying client")
    return f"Three of {clients} brought {part(top3)} of {year}{_below(below_rate, rate)}."


_LITTLE = 0.2
"""Where three clients bring a smaller share of sales than this, little hangs on any one."""


def _below(clients: int, rate: str) -> str:
    if not clients:
        return ""
    return f"; an hour with {in_words(clients)} earned under {rate}"


NOBODY = "Nobody paid anything in the last 12 months."


def below_rate(clients: list[tuple[str, str]], rate: str) -> str:
    """Who earned less an hour than the rate, least first; empty where nobody did."""
    if not clients:
        return ""
    said = listed([f"{name} ({earned})" for name, earned in clients])
    return f"An hour with {said} earned less than your rate of {rate}."


def against_last_year(more: bool, by: str, before: str) -> str:
    """Which way sales went; ``by`` is empty where they are the same."""
    if not by:
        return "as in the 12 months before"
    return f"{before} in the 12 months before: {by} {'more' if more else 'less'} now"


def largest(paying: int, top3: float, top5: float, alike: float) -> str:
    """What the share of the largest client stands beside."""
    three = f"the largest three {percent(top3)}" if paying > 3 else ""
    five = f"five {percent(top5)}" if paying > 5 else ""
    same = round(alike)
    as_if = (
        f"spread evenly over {count(paying, 'client')}"
        if same == paying
        else f"as if you had {count_in_words(same, 'client')} of one size, not {paying:,}"
    )
    shares = ", ".join(one for one in (three, five) if one)
    return f"{shares}; {as_if}" if shares else as_if


def not_back(all_of_them: int, paid: int, refunded: str) -> str:
    """Why another page counts more who are not back, or less money; empty where both say the same.

    ``refunded`` is what they got back in the year, in words; empty where it is nothing.
    """
    more = all_of_them - paid
    said = []
    if more > 0:
        one = "one" if more == 1 else in_words(more)
        said.append(
            f"Staying or coming back counts {count_in_words(all_of_them, 'client')} who are not back: "
            f"{one} of them had work under way in the year before, and paid nothing in it."
        )
    if refunded:
        said.append(f"What went with clients not back includes {refunded} that they were refunded.")
    return " ".join(said)


def others(number: int) -> str:
    """The clients below the first ten, in one line."""
    return count(number, "other")


def not_paying(number: int) -> str:
    """Those who paid nothing in the year."""
    return f"{number:,} without sales in the last 12 months"


def open_invoices(number: int, total: str, late: str) -> str:
    """How much is open, and how much of it is late; ``late`` is empty where nothing is."""
    invoices = count_in_words(number, "invoice")
    part_of_it = "all of it" if late == total else late
    said = f"{total} is open in {invoices}; {f'{part_of_it} is late' if late else 'none of it is late'}."
    return sentence_case(said)
