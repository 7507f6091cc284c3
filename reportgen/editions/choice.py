"""The owner's changes to an edition: columns and settings left out, or given back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields

from reportgen.editions.policy import CODED, DROPPED, KEPT, POLICY, VOCABULARY, Treatment, treatment
from reportgen.model import Activity, Client, Edition, Feedback, Rating, Sale, Touchpoint
from reportgen.problems import ReportError
from reportgen.reading.columns import SHEETS
from reportgen.settings.configuration import Choice
from reportgen.settings.labels import setting_named
from reportgen.settings.settings import DEFAULTS, Settings
from reportgen.words import plain

_SHEET_OF: Mapping[str, type] = {
    "Clients": Client,
    "Touchpoints": Touchpoint,
    "Sales": Sale,
    "Feedback": Feedback,
    "Ratings": Rating,
    "Activities": Activity,
}

_TOGETHER: Mapping[tuple[type, str], tuple[type, str]] = {
    (Touchpoint, "minutes"): (Touchpoint, "minutes_recorded"),
    (Sale, "starts"): (Sale, "ends"),
    (Sale, "ends"): (Sale, "starts"),
}
"""Field → the other field without which it means nothing."""


def rules_of(edition: Edition, choice: Choice) -> Mapping[tuple[type, str], Treatment]:
    """The edition's column of the table of sight, with the owner's changes.

    Raises: ReportError for a name that is no column and no setting, for one that cannot be left out or
    given back, and for one in both lists.
    """
    rules = {key: rule[edition] for key, rule in POLICY.items()}
    dropped: set[tuple[type, str]] = set()
    for label in choice.drop:
        may = [key for key in _named(label) if _has_blank(*key)]
        if not may:
            raise ReportError(_no_such("drop", label, edition, "left out"))
        dropped.update(may, (_TOGETHER[key] for key in may if key in _TOGETHER))
    for label in choice.keep:
        may = [
            key
            for key in _named(label)
            if edition != Edition.PUBLIC and _may_be_kept(*key, edition)
        ]
        if not may:
            raise ReportError(_no_such("keep", label, edition, "given back"))
        if not dropped.isdisjoint(may):
            raise ReportError(
                f"[editions.{edition}] in the configuration file has {label!r} in keep and in drop; "
                "take it out of one of them."
            )
        rules |= dict.fromkeys(may, KEPT)
    return rules | dict.fromkeys(dropped, DROPPED)


def _no_such(entry: str, label: str, edition: Edition, done: str) -> str:
    if not _named(label):
        return (
            f"[editions.{edition}] in the configuration file has {entry} = {label!r}, which is no "
            "column and no setting; write one as the starter workbook has it, for example Segment."
        )
    return (
        f"[editions.{edition}] in the configuration file has {entry} = {label!r}, which cannot be "
        f"{done} in the {edition} edition; take it out of the list."
    )


def _named(label: str) -> list[tuple[type, str]]:
    """The fields that a label means: a column's header, a field's name or a setting's label."""
    wanted = plain(label)
    found = [
        (_SHEET_OF[sheet.name], column.field)
        for sheet in SHEETS
        if sheet.name in _SHEET_OF
        for column in sheet.columns
        if wanted in (plain(column.name), plain(column.field))
        and (_SHEET_OF[sheet.name], column.field) in POLICY
    ]
    setting = setting_named(label)
    return [*found, (Settings, setting)] if setting else found


def _has_blank(of: type, field: str) -> bool:
    """Whether a record can do without the field, or the setting has no value by default."""
    if of is Settings:
        return DEFAULTS[field] in (None, "", ())
    return any(one.name == field and one.default is not MISSING for one in fields(of))


def _may_be_kept(of: type, field: str, edition: Edition) -> bool:
    """Whether the owner may give the field back.

    She may not give back names and money, which an edition is there to hide, nor the fields of records
    that the edition drops as a whole.
    """
    if of in (Feedback, Rating) and edition == Edition.ACCOUNTANT:
        return False
    return treatment(POLICY, of, field, edition) in (DROPPED, CODED, VOCABULARY) and (
        (of, field) != (Settings, "currency") or edition != Edition.COACH
    )
