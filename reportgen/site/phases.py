"""The matrix over the phases of a relationship, as a finished figure of a page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from reportgen import environments
from reportgen.analyses.phase_matrix import PhaseMatrix
from reportgen.pictures.phases import (
    MODELS,
    PhasePicture,
    number_of,
    phase_picture,
    step_in_words,
    told,
)
from reportgen.site.shared import Site


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One step in words."""

    step: str
    tells: str


@dataclass(frozen=True, slots=True)
class PhaseFigure:
    """The matrix of one business model with what it says."""

    name: str
    """Of the picture's file in the Markdown edition."""
    title: str
    caption: str
    svg: Markup
    rows: tuple[PhaseRow, ...]
    """The table behind the picture."""


def phase_figures(site: Site) -> tuple[PhaseFigure, ...]:
    """A figure for each business model that has enough to show, the largest first."""
    minutes = site.report.settings.light_touch_minutes
    return tuple(
        _figure(matrix, phase_picture(matrix, minutes)) for matrix in site.report.found.phases
    )


def _figure(matrix: PhaseMatrix, picture: PhasePicture) -> PhaseFigure:
    typical = MODELS.get(matrix.business_model) if matrix.business_model else None
    return PhaseFigure(
        name=picture.name,
        title=picture.title,
        caption=(
            f"{number_of(matrix)}. Up: your time, dark for the middle {matrix.unit}, light for the "
            "middle half"
            + (f", dashed what is typical of {typical}" if picture.typical and typical else "")
            + ". Down: the share of clients left in silence for longer than they accept."
        ),
        svg=Markup(environments.html().get_template("pictures/phases.svg").render(p=picture)),
        rows=tuple(
            PhaseRow(step_in_words(matrix, step), "; ".join(told(matrix, step)))
            for step in matrix.steps
        ),
    )
