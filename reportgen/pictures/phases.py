"""The matrix over the phases of a relationship: time above the red line, silence hanging below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen import environments, words
from reportgen.analyses.phase_matrix import Phase, PhaseMatrix, Step, Unit
from reportgen.analyses.prevention import MAILED
from reportgen.model import BusinessModel
from reportgen.pictures.course import Ground, Place, Scale, area
from reportgen.pictures.drawing import Chart
from reportgen.pictures.labels import Hit, Label, Line, Note, Rule, Stretch, rules, spaced
from reportgen.shares import FEW
from reportgen.values import dataclass

UNITS = 1000
_GROUND = Ground(top=36, line=182, bottom=276)
_NOBODY_SILENT = Ground(top=36, line=182, bottom=200)
_NOTE_FOOT, _NOTE_WIDTH = 58, 145

_WIDTHS: Mapping[Unit, Mapping[Phase, int]] = {
    Unit.PROJECT: {Phase.BEFORE: 150, Phase.WORK: 310, Phase.AFTER: 540},
    Unit.PURCHASE: {Phase.BEFORE: 200, Phase.AFTER: 800},
    Unit.CLIENT: {Phase.BEFORE: 150, Phase.AFTER: 850},
}
"""How much of the width each phase has; where there is no step before, the rest has it all."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the phases of a unit are called."""

    before: str
    work: str
    after: str
    month: str
    """``Month 3 {month}``."""
    start: str
    """``8 weeks before {start}``."""


_WORDING = {
    Unit.PROJECT: Wording(
        "Before the sale", "The work", "After the hand-over", "after the hand-over", "the start"
    ),
    Unit.PURCHASE: Wording(
        "Before buying", "", "After buying", "after the purchase", "the purchase"
    ),
    Unit.CLIENT: Wording(
        "Before paying",
        "",
        "Since the first payment",
        "since the first payment",
        "the first payment",
    ),
}
_TOGETHER = Wording("", "", "Since the first contact", "since the first contact", "")
"""Of a book in which nobody ever bought."""


@dataclass(frozen=True, slots=True)
class PhasePicture:
    """The matrix of one business model."""

    name: str
    """Its ids begin with it."""
    title: str
    description: str
    units: int
    height: int
    line: int
    line_foot: int
    work: str
    """The work as a band behind the rest."""
    grid: str
    hours: tuple[Rule, ...]
    half: str
    """The middle half, as an area."""
    effort: str
    """The median, as an area."""
    typical: str
    silence: str
    phases: tuple[Label, ...]
    phases_foot: int
    shares: tuple[Label, ...]
    shares_foot: int
    all_silent_at: int
    """Where a bar of everybody would end."""
    nobody: str
    """What stands below the line where nobody is left silent; else empty."""
    nobody_foot: int
    steps: tuple[Label, ...]
    steps_foot: int
    notes: tuple[Note, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """A step and where it stands."""

    step: Step
    left: int
    right: int

    @property
    def middle(self) -> int:
        return (self.left + self.right) // 2


def phase_picture(matrix: PhaseMatrix, light_touch_minutes: int) -> PhasePicture:
    """The picture of a matrix."""
    columns = _columns(matrix)
    wording = _wording(matrix)
    stretch = Stretch(UNITS)
    most = max((step.high or 0.0 for step in matrix.steps), default=0.0)
    scale, hours = rules(most, _GROUND)
    drawn = [one for one in columns if one.step.median is not None]
    silent = [one for one in columns if one.step.measured]
    worst = max((one.step.silent for one in silent), default=0)
    ground = _GROUND if worst else _NOBODY_SILENT
    return PhasePicture(
        name=f"phases-{matrix.business_model or 'of-all'}",
        title=f"Time and silence over the phases of {number_of(matrix)}",
        description=_description(matrix),
        units=UNITS,
        height=ground.bottom + 46,
        line=ground.line,
        line_foot=ground.line - 6,
        work=_band(columns, ground),
        grid="".join(f"M0 {rule.at}H{UNITS}" for rule in hours),
        hours=hours,
        half=_between(drawn, scale),
        effort=area(
            [(one.middle, _GROUND.up(one.step.median or 0.0, scale)) for one in drawn], _GROUND.line
        ),
        typical=_typical(drawn, scale),
        silence="".join(_bars(silent)),
        phases=tuple(_phases(columns, wording, stretch)),
        phases_foot=18,
        shares=_shares(matrix, silent, stretch),
        shares_foot=ground.bottom + 14,
        all_silent_at=ground.bottom,
        nobody="" if worst or not silent else "nobody is left in silence",
        nobody_foot=ground.line + 16,
        steps=_steps(columns, stretch),
        steps_foot=ground.bottom + 38,
        notes=tuple(_notes(matrix, columns, stretch, light_touch_minutes)),
        hits=tuple(
            Hit(
                f"M{one.left} {_GROUND.top}H{one.right}V{_GROUND.line + 12}H{one.left}z",
                "\n".join((step_in_words(matrix, one.step), *told(matrix, one.step))),
            )
            for one in columns
        ),
    )


def phase_chart(matrix: PhaseMatrix, light_touch_minutes: int) -> Chart:
    """The same as an SVG."""
    picture = phase_picture(matrix, light_touch_minutes)
    svg = environments.html().get_template("pictures/phases.svg").render(p=picture)
    return Chart(picture.name, svg, picture.title, picture.description)


def number_of(matrix: PhaseMatrix) -> str:
    """``32 projects``."""
    return words.count(matrix.number, matrix.unit)


def step_in_words(matrix: PhaseMatrix, step: Step) -> str:
    """``Month 5 after the hand-over``."""
    wording = _wording(matrix)
    if step.phase is Phase.WORK:
        parts = sum(one.phase is Phase.WORK for one in matrix.steps)
        return f"The work, part {step.number} of {parts}"
    if step.phase is Phase.AFTER:
        return f"Month {step.number} {wording.month}"
    weeks = 2 * (
        1 + max(one.number for one in matrix.steps if one.phase is Phase.BEFORE) - step.number
    )
    return (
        f"{weeks} to {weeks - 2} weeks before {wording.start}"
        if weeks > 2
        else (f"The last 2 weeks before {wording.start}")
    )


def told(matrix: PhaseMatrix, step: Step) -> tuple[str, ...]:
    """What a step tells: the time it takes, and how many clients it leaves in silence."""
    found = []
    if step.median is not None and step.low is not None and step.high is not None:
        low, middle, high = (_time(hours) for hours in (step.low, step.median, step.high))
        half = f", half of them {low} to {high}" if low != high else ""
        found.append(f"The middle {matrix.unit} takes {middle} a week{half}")
    if step.measured:
        found.append(f"{step.silent:,} of {step.measured:,} left in silence for too long")
    return tuple(found)


def _time(hours: float) -> str:
    return words.hours(round(60 * hours))


def _wording(matrix: PhaseMatrix) -> Wording:
    if matrix.unit is Unit.CLIENT and all(step.phase is Phase.AFTER for step in matrix.steps):
        return _TOGETHER
    return _WORDING[matrix.unit]


def _columns(matrix: PhaseMatrix) -> list[_Column]:
    """The steps side by side, each phase on the width that it has."""
    phases = [phase for phase in Phase if any(step.phase is phase for step in matrix.steps)]
    widths = _WIDTHS[matrix.unit]
    whole = sum(widths[phase] for phase in phases)
    found: list[_Column] = []
    left = 0.0
    for phase in phases:
        of_phase = [step for step in matrix.steps if step.phase is phase]
        width = UNITS * widths[phase] / whole / len(of_phase)
        for step in of_phase:
            found.append(_Column(step, round(left), round(left + width)))
            left += width
    return found


def _band(columns: Sequence[_Column], ground: Ground) -> str:
    work = [one for one in columns if one.step.phase is Phase.WORK]
    return f"M{work[0].left} 0H{work[-1].right}V{ground.bottom}H{work[0].left}z" if work else ""


def _between(columns: Sequence[_Column], scale: Scale) -> str:
    """The middle half, from its upper edge back along its lower one."""
    up: list[Place] = [(one.middle, _GROUND.up(one.step.high or 0.0, scale)) for one in columns]
    down: list[Place] = [(one.middle, _GROUND.up(one.step.low or 0.0, scale)) for one in columns]
    return "M" + "L".join(f"{x} {y}" for x, y in (*up, *reversed(down))) + "z"


def _typical(columns: Sequence[_Column], scale: Scale) -> str:
    points = [
        (one.middle, _GROUND.up(one.step.typical, scale))
        for one in columns
        if one.step.typical is not None
    ]
    return "M" + "L".join(f"{x} {y}" for x, y in points) if points else ""


def _bars(columns: Sequence[_Column]) -> Iterator[str]:
    for one in columns:
        deep = round((_GROUND.bottom - _GROUND.line) * one.step.silent / one.step.measured)
        if deep:
            yield f"M{one.left + 1} {_GROUND.line}H{one.right - 1}v{deep}H{one.left + 1}z"


def _phases(columns: Sequence[_Column], wording: Wording, stretch: Stretch) -> Iterator[Label]:
    for phase, name in (
        (Phase.BEFORE, wording.before),
        (Phase.WORK, wording.work),
        (Phase.AFTER, wording.after),
    ):
        own = [one for one in columns if one.step.phase is phase]
        if own and name:
            short = name.split()[0]
            fits = stretch.fits_phone(own[0].left, own[-1].right, name)
            yield Label(stretch.per_cent(own[0].left), name, "" if fits else "on-desk")
            if not fits:
                yield Label(stretch.per_cent(own[0].left), short, "on-phone")


def _shares(matrix: PhaseMatrix, columns: Sequence[_Column], stretch: Stretch) -> tuple[Label, ...]:
    """How many are left silent: where it begins, at the end, and at the worst; counts where few."""
    if not any(one.step.silent for one in columns):
        return ()
    falls = matrix.falls_silent
    first = [
        one
        for one in columns
        if falls and one.step.phase is Phase.AFTER and one.step.number == falls.month
    ]
    worst = max(columns, key=lambda one: one.step.silent / one.step.measured)
    wanted = [*first, columns[-1], worst]
    return spaced(
        stretch,
        [(one.middle, _share(one.step)) for one in dict.fromkeys(wanted) if one.step.silent],
    )


def _share(step: Step) -> str:
    if step.measured < FEW:
        return f"{step.silent} of {step.measured}"
    return words.percent(step.silent / step.measured)


def _steps(columns: Sequence[_Column], stretch: Stretch) -> tuple[Label, ...]:
    """Where the picture begins, the work, and the months: first and last before those between."""
    before = [one for one in columns if one.step.phase is Phase.BEFORE]
    work = [one for one in columns if one.step.phase is Phase.WORK]
    after = [one for one in columns if one.step.phase is Phase.AFTER]
    wanted = [(before[0].middle, f"{2 * len(before)} weeks")] if before else []
    if work:
        wanted.append(((work[0].left + work[-1].right) // 2, "start to hand-over"))
    if after:
        last = after[-1]
        wanted.append((last.middle, words.count(last.step.number, "month")))
        by_rank = sorted(
            after[:-1], key=lambda one: (one.step.number != 1, one.step.number % 3 != 0)
        )
        wanted += [(one.middle, str(one.step.number)) for one in by_rank]
    return spaced(stretch, wanted)


def _notes(
    matrix: PhaseMatrix, columns: Sequence[_Column], stretch: Stretch, minutes: int
) -> Iterator[Note]:
    falls = matrix.falls_silent
    if falls is None:
        return
    column = next(
        one for one in columns if one.step.phase is Phase.AFTER and one.step.number == falls.month
    )
    is_mailed = matrix.business_model in MAILED
    lines = (
        "Here you fall silent:",
        "one mailing in" if is_mailed else f"a {minutes}-minute note in",
        f"month {falls.touch_month} would keep it",
        "above the line",
    )
    room = stretch.phone - stretch.on_phone(column.left)
    yield Note(
        stretch.per_cent(column.left),
        _NOTE_FOOT - 12,
        tuple(Line(_NOTE_FOOT + 16 * at, text) for at, text in enumerate(lines)),
        "" if room > _NOTE_WIDTH else "ends-on-phone",
    )


def _description(matrix: PhaseMatrix) -> str:
    known = [step for step in matrix.steps if step.median is not None]
    most = max(known, key=lambda step: step.median or 0.0)
    silent = [step for step in matrix.steps if step.measured and step.silent]
    worst = max(silent, key=lambda step: step.silent / step.measured, default=None)
    return (
        f"{number_of(matrix)}. The middle one takes at most {_time(most.median or 0.0)} a week: "
        f"{step_in_words(matrix, most).lower()}. "
        + (
            f"Most are left in silence in {step_in_words(matrix, worst).lower()}: "
            f"{worst.silent} of {worst.measured}."
            if worst
            else "Nobody is left in silence for too long."
        )
    )


MODELS = {
    BusinessModel.CONSULTANCY: "a consultancy",
    BusinessModel.SERVICE: "a service",
    BusinessModel.PRODUCT: "a shop",
    BusinessModel.SUBSCRIPTION: "a subscription",
}
"""Business model → what a business of it is called."""
