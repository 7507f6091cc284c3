"""The matrix over the phases of a relationship, as a finished figure of a page."""

from __future__ import annotations

from reportgen.analyses.phase_matrix import PhaseMatrix
from reportgen.pictures.drawing import Chart
from reportgen.pictures.phases import MODELS, number_of, phase_chart, step_in_words, told
from reportgen.site.shared import Site
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One step in words."""

    step: str
    tells: str


@dataclass(frozen=True, slots=True)
class PhaseFigure:
    """The matrix of one business model with what it says."""

    chart: Chart
    caption: str
    """How it is to be read."""
    rows: tuple[PhaseRow, ...]
    """The table behind the picture."""


def phase_figures(site: Site) -> tuple[PhaseFigure, ...]:
    """A figure for each business model that has enough to show, the largest first."""
    minutes = site.report.settings.light_touch_minutes
    return tuple(_figure(matrix, minutes) for matrix in site.report.found.phases)


def _figure(matrix: PhaseMatrix, minutes: int) -> PhaseFigure:
    typical = MODELS.get(matrix.business_model) if matrix.business_model else None
    return PhaseFigure(
        chart=phase_chart(matrix, minutes),
        caption=(
            f"{number_of(matrix)}. Up: your time, strong for the middle {matrix.unit}, pale for the "
            f"middle half{f', dashed what is typical of {typical}' if typical else ''}. "
            "Down: the share of clients left in silence for longer than they accept."
        ),
        rows=tuple(
            PhaseRow(step_in_words(matrix, step), "; ".join(told(matrix, step)))
            for step in matrix.steps
        ),
    )
