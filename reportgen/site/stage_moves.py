"""Who moved from one stage to another since last month: those who took the same step together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.analyses.lifecycle import RELATIONSHIP, briefly
from reportgen.report.findings import ClientFindings
from reportgen.site.layout import Names
from reportgen.site.shared import Site
from reportgen.values import dataclass
from reportgen.words import listed

_NAMES = 12


@dataclass(frozen=True, slots=True)
class Moved:
    """Clients who took the same step."""

    way: str
    """Up, down, lapsed or won back."""
    tone: str
    said: str
    """From which stage to which, or at which they were."""
    names: Names


_TONES = {"Up": "good", "Down": "over", "Lapsed": "over", "Won back": "good"}
"""Way → how it is coloured, in the order in which they stand."""

_Step = tuple[str, str, str]
"""Client, way, and what is said."""


def relationship_moves(site: Site) -> tuple[Moved, ...]:
    """The steps between courting and convergence; nobody who has ended takes one."""
    return _together(
        site,
        (
            (view.name, *step)
            for view in site.clients
            if view.findings.is_open
            if (step := _step(view.findings, site.before[view.name]))
        ),
    )


def life_cycle_moves(site: Site) -> tuple[Moved, ...]:
    """The steps between reach and loyalty."""
    return _together(site, _life_cycle_steps(site))


def _together(site: Site, steps: Iterable[_Step]) -> tuple[Moved, ...]:
    groups: dict[tuple[str, str], list[str]] = {}
    for client, way, said in steps:
        groups.setdefault((way, said), []).append(client)
    order = list(_TONES)
    ordered = sorted(groups.items(), key=lambda one: (order.index(one[0][0]), -len(one[1])))
    return tuple(
        Moved(way, _TONES[way], said, site.names(names, _NAMES)) for (way, said), names in ordered
    )


def _step(now: ClientFindings, then: ClientFindings) -> tuple[str, str] | None:
    """The way and the step of one client since ``then``; None without one."""
    before, after = then.relationship.name, now.relationship.name
    if now.seen.lapsed != then.seen.lapsed:
        return ("Lapsed", f"at {before}") if now.seen.lapsed else ("Won back", f"at {after}")
    if before == after:
        return None
    step = f"from {before} to {after}"
    if RELATIONSHIP.index(after) > RELATIONSHIP.index(before):
        return "Up", step
    needs = listed([briefly(need) for need in now.relationship.needs], 4)
    return "Down", f"{step}, for want of {needs}" if needs else step


def _life_cycle_steps(site: Site) -> Iterator[_Step]:
    moves = site.report.moves
    for way, found in (("Up", moves.up), ("Down", moves.down)):
        yield from ((one.client, way, f"from {one.before} to {one.after}") for one in found)
    yield from ((one.client, "Lapsed", f"at {one.before}") for one in moves.lapsed)
    yield from ((one.client, "Won back", f"at {one.after}") for one in moves.won_back)
