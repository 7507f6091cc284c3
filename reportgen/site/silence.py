"""How long a client has heard nothing, in words and as a cell."""

from __future__ import annotations

from reportgen.evidence.red_line import SilenceState
from reportgen.site.layout import Cell
from reportgen.site.shared import ClientView
from reportgen.words import days, short_day


def silence(view: ClientView) -> Cell:
    """``57 days, 12 over`` and its colour, sorted by how much of the red line has passed."""
    quiet = view.findings.seen.silence
    so_far = days(quiet.silence_days)
    text, tone = so_far, ""
    if view.state is SilenceState.NONE:
        text, tone = "no contact yet", "soft"
    elif view.state is SilenceState.ENDED:
        text, tone = f"ended {short_day(quiet.ended)}", "soft"
    elif view.state is SilenceState.LAPSED:
        text, tone = f"{so_far}, lapsed", "soft"
    elif view.state is SilenceState.DUE:
        text, tone = f"{so_far}, due", "due"
    elif view.state is SilenceState.BELOW:
        text, tone = f"{so_far}, {(quiet.silence_days or 0) - quiet.red_line_days} over", "over"
    place = (quiet.silence_days or 0) / quiet.red_line_days
    return Cell(text, sort=f"{place:.4f}", number=True, tone=tone)
