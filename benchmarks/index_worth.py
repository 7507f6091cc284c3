"""What the coach's index of money is worth: how near somebody comes to the year's sales who knows invoices.

She has the coach's edition and the true amount of one sale, or of five, of which she can find the lines
by date. Each gives a range in which the hundred must lie; their intersection's middle is her guess.
Beside the index as it is: two that would tell less, and what a coach would no longer read from them.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from reportgen.editions.index import hundred, last_figure
from reportgen.reading.book import read
from reportgen.settings.configuration import read_configuration

SAMPLES = ("interior-designer", "shoe-shop", "meal-box", "virtual-assistant")
TRIALS = 2_000
KNOWN = (1, 5)
E6 = (1.0, 1.5, 2.2, 3.3, 4.7, 6.8, 10.0)
"""Six steps a decade, each about half as much again."""
SPREAD = 0.17
"""How far apart, as a standard deviation of logarithms, each client's own factor would lie."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One amount as it is, and as an index tells it: a guess and the range that it leaves."""

    client: str
    amount: float
    index: float
    half_width: float
    """Of the range around the index, as a share of it."""


Index = Callable[[str, float, random.Random], tuple[float, float]]


def two_figures(_client: str, exact: float, _chance: random.Random) -> tuple[float, float]:
    """The index as it is."""
    step = float(last_figure(Decimal(exact)))
    shown = round(exact / step) * step
    return shown, step / 2 / shown


def six_steps(_client: str, exact: float, _chance: random.Random) -> tuple[float, float]:
    """Six steps a decade."""
    decade = 10 ** math.floor(math.log10(exact))
    shown = min((step * decade for step in E6), key=lambda s: abs(math.log(s / exact)))
    return shown, 0.21


def own_factor() -> Index:
    """Two figures, after each client's amounts have been multiplied by a secret factor of her own."""
    factors: dict[str, float] = {}

    def index(client: str, exact: float, chance: random.Random) -> tuple[float, float]:
        factor = factors.setdefault(client, math.exp(chance.gauss(0, SPREAD)))
        shown, _ = two_figures(client, exact * factor, chance)
        return shown, 3 * SPREAD

    return index


def guess(known: Sequence[Shown], noisy: bool) -> float:
    """The money of one index point, from known amounts."""
    points = [one.amount / one.index for one in known]
    if noisy:
        return math.exp(statistics.fmean(map(math.log, points)))
    low = max(p * (1 - one.half_width) for p, one in zip(points, known, strict=True))
    high = min(p * (1 + one.half_width) for p, one in zip(points, known, strict=True))
    return (low + high) / 2


def errors(amounts: Mapping[str, list[float]], of: float, make: Callable[[], Index]) -> list[float]:
    """The median error of the year's sales for one known amount and for five."""
    chance = random.Random(6)
    found: dict[int, list[float]] = {many: [] for many in KNOWN}
    noisy = make is own_factor
    for _ in range(TRIALS if noisy else 1):
        index = make()
        shown = [
            Shown(client, amount, *index(client, 100 * amount / of, chance))
            for client, sales in amounts.items()
            for amount in sales
        ]
        total, points = sum(one.amount for one in shown), sum(one.index for one in shown)
        for many in KNOWN:
            for _ in range(1 if noisy else TRIALS):
                known = chance.sample(shown, many)
                found[many].append(abs(guess(known, noisy) * points / total - 1))
    return [statistics.median(found[many]) for many in KNOWN]


def top_shares(amounts: Mapping[str, list[float]], of: float, index: Index) -> tuple[float, float]:
    """The largest client's share of sales, as it is and as the index has it."""
    chance = random.Random(7)
    exact = {client: sum(sales) for client, sales in amounts.items()}
    told = {
        client: sum(index(client, 100 * amount / of, chance)[0] for amount in sales)
        for client, sales in amounts.items()
    }
    return max(exact.values()) / sum(exact.values()), max(told.values()) / sum(told.values())


def main() -> None:
    """Print a line for each sample and each index."""
    print(
        "| sample | index | error, one invoice | five | largest client's share | as the index has it |"
    )
    print("|---|---|---|---|---|---|")
    for sample in SAMPLES:
        book, settings = read(Path("sample_data", f"{sample}.xlsx"), read_configuration(None))
        of = float(hundred(book, settings))
        amounts = {
            one.client.name: [float(sale.amount) for sale in one.sales if sale.amount > 0]
            for one in book.relationships
        }
        for name, make in (
            ("two figures", lambda: two_figures),
            ("six steps a decade", lambda: six_steps),
            ("a factor a client", own_factor),
        ):
            one, five = errors(amounts, of, make)
            exact, told = top_shares(amounts, of, make())
            print(f"| {sample} | {name} | {one:.1%} | {five:.1%} | {exact:.1%} | {told:.1%} |")


if __name__ == "__main__":
    main()
