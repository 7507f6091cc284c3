"""The starter workbook: every sheet that reportgen reads, ready to be filled in.

It is made from the declarations in ``reading/columns.py`` and ``settings/settings.py``, so that the
reader understands whatever the workbook offers.
"""

from __future__ import annotations

import io
from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reportgen.model import BusinessModel
from reportgen.problems import column_letters
from reportgen.reading.catalogue import built_in
from reportgen.reading.columns import (
    ACTIVITIES,
    BUSINESS,
    CLIENTS,
    FEEDBACK,
    FINE_TUNING,
    RATINGS,
    READ_ME,
    SALES,
    TOUCHPOINTS,
    Column,
    Sheet,
)
from reportgen.settings.kinds import WEEKDAYS, CellKind, DateOrder
from reportgen.settings.labels import setting_help, setting_kind, setting_label
from reportgen.settings.settings import SETTING_NAMES, Settings
from reportgen.values import dataclass
from reportgen.writing.starter_text import (
    EXAMPLES,
    FIRST_SETTINGS,
    GREETING,
    INSTRUCTIONS,
    ON_EXAMPLES,
    SECOND_SETTINGS,
    Value,
)

READY_ROWS = 2000
"""How far down the drop-downs and checks of the starter workbook reach."""

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001  a workbook's properties have no time zone

_WIDTHS: Mapping[CellKind, int] = {
    CellKind.CLIENT: 28,
    CellKind.TEXT: 20,
    CellKind.DATE: 13,
    CellKind.BIRTHDAY: 13,
    CellKind.TIME: 9,
    CellKind.MONEY: 13,
    CellKind.ACTIVITY: 22,
    CellKind.SIGNAL: 18,
    CellKind.CHOICE: 15,
}
_FORMATS: Mapping[CellKind, str] = {
    CellKind.DATE: "dd/mm/yyyy",
    CellKind.TIME: "hh:mm",
    CellKind.MONEY: "#,##0.00",
}
_TO_THE_RIGHT = frozenset({*_FORMATS, CellKind.MINUTES, CellKind.DAYS, CellKind.NUMBER})
_WIDE: Mapping[str, int] = {
    "Activity": 34,
    "Topic": 44,
    "Promise": 28,
    "Notes": 44,
    "Text": 44,
    "Service": 44,
}
_TABS: Mapping[str, str] = {
    BUSINESS.name: "#7A5C99",
    CLIENTS.name: "#0060A8",
    TOUCHPOINTS.name: "#0060A8",
    SALES.name: "#0060A8",
    FEEDBACK.name: "#007D5B",
    RATINGS.name: "#007D5B",
    ACTIVITIES.name: "#8A8F98",
}


@dataclass(frozen=True, slots=True)
class _Styles:
    """The formats of one workbook."""

    workbook: xlsxwriter.Workbook
    title: Format
    heading: Format
    prose: Format
    header: Format
    header_required: Format
    soft: Format
    label: Format
    open: Format
    clock: Format

    def cell(self, kind: CellKind, example: bool = False) -> Format:
        """How a cell of this kind looks: its number format; an example in green italics."""
        look: dict[str, object] = {"font_size": 11, "valign": "top"}
        if kind in _FORMATS:
            look["num_format"] = _FORMATS[kind]
        if kind in _TO_THE_RIGHT:
            look["align"] = "right"
        if kind in (CellKind.TEXT, CellKind.BIRTHDAY):
            # Else a spreadsheet takes the nought off a telephone number and reads dates into words.
            look["num_format"] = "@"
        if example:
            look |= {"italic": True, "font_color": "#00513B", "bg_color": "#E4F3EC"}
        return self.workbook.add_format(look)


def starter_workbook() -> bytes:
    """The starter workbook as the bytes of an .xlsx file, the same on every call.

    Its example rows never count: each is a problem until it is typed over or deleted.
    """
    return _workbook(dict(EXAMPLES), {})


def empty_workbook(used: Mapping[str, Container[str]], activities: Container[str] = ()) -> bytes:
    """The same without its example rows; of a sheet the columns that are ``used`` are open.

    The activities that are named, in their plain form, are left out for the owner's own.
    """
    return _workbook({}, used, activities)


def _workbook(
    examples: Mapping[Sheet, Mapping[str, Value]],
    used: Mapping[str, Container[str]],
    activities: Container[str] = (),
) -> bytes:
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties({"title": GREETING, "created": _CREATED})
    workbook.set_size(1600, 1100)
    styles = _styles(workbook)
    _read_me(workbook, styles, has_examples=bool(examples))
    _business(workbook, styles)
    for sheet, _ in EXAMPLES:
        _table(workbook, styles, sheet, examples.get(sheet), used.get(sheet.name, ()))
    _activities(workbook, styles, _ACTIVITY if examples else None, activities)
    _fine_tuning(workbook, styles)
    workbook.close()
    return target.getvalue()


def _styles(workbook: xlsxwriter.Workbook) -> _Styles:
    header = {"bold": True, "valign": "vcenter", "text_wrap": True, "bottom": 2}
    required = {"bg_color": "#0B3D63", "font_color": "#FFFFFF", "bottom_color": "#D55E00"}
    optional = {"bg_color": "#DCE9F3", "font_color": "#0B3D63", "bottom_color": "#0060A8"}
    yours = {"bg_color": "#FFF8E5", "border": 1, "border_color": "#E3D5AE"}
    return _Styles(
        workbook=workbook,
        title=workbook.add_format({"bold": True, "font_size": 20, "font_color": "#0B3D63"}),
        heading=workbook.add_format({"bold": True, "font_size": 13, "font_color": "#0060A8"}),
        prose=workbook.add_format({"font_size": 11, "text_wrap": True, "valign": "top"}),
        header=workbook.add_format(header | optional),
        header_required=workbook.add_format(header | required),
        soft=workbook.add_format(
            {"font_size": 10, "font_color": "#5A6270", "text_wrap": True, "valign": "top"}
        ),
        label=workbook.add_format({"bold": True, "font_size": 11, "valign": "top"}),
        open=workbook.add_format(yours),
        clock=workbook.add_format(yours | {"num_format": "hh:mm"}),
    )


def _page(workbook: xlsxwriter.Workbook, name: str) -> Worksheet:
    page = workbook.add_worksheet(name)
    page.set_tab_color(_TABS.get(name, "#D55E00"))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    return page


def _read_me(workbook: xlsxwriter.Workbook, styles: _Styles, has_examples: bool) -> None:
    page = _page(workbook, READ_ME)
    page.hide_gridlines(2)
    page.set_column(0, 0, 3)
    page.set_column(1, 1, 104)
    page.set_row(1, 32)
    page.write_string(1, 1, GREETING, styles.title)
    row = 3
    for heading, sentences in INSTRUCTIONS:
        page.set_row(row, 22)
        page.write_string(row, 1, heading, styles.heading)
        for sentence in sentences:
            if sentence is ON_EXAMPLES and not has_examples:
                continue
            row += 1
            page.set_row(row, 34 if len(sentence) > 100 else 18)
            page.write_string(row, 1, sentence, styles.prose)
        row += 2


def _business(workbook: xlsxwriter.Workbook, styles: _Styles) -> None:
    page = _page_of_settings(workbook, styles, BUSINESS.name)
    _settings(page, styles, 1, FIRST_SETTINGS)


def _fine_tuning(workbook: xlsxwriter.Workbook, styles: _Styles) -> None:
    page = _page_of_settings(workbook, styles, FINE_TUNING)
    page.hide()
    _settings(page, styles, 1, SECOND_SETTINGS)
    row = len(SECOND_SETTINGS) + 2
    page.set_row(row, 22)
    page.write_string(row, 0, "What counts as much, as late, as loyal", styles.heading)
    known = (*FIRST_SETTINGS, *SECOND_SETTINGS)
    _settings(page, styles, row + 1, [name for name in SETTING_NAMES if name not in known])


def _page_of_settings(workbook: xlsxwriter.Workbook, styles: _Styles, name: str) -> Worksheet:
    page = _page(workbook, name)
    page.freeze_panes(1, 0)
    page.set_row(0, 22)
    for place, (width, title) in enumerate(((36, "Setting"), (30, "Value"), (92, "What it means"))):
        page.set_column(place, place, width)
        page.write_string(0, place, title, styles.header)
    return page


def _settings(page: Worksheet, styles: _Styles, row: int, names: Sequence[str]) -> None:
    """Add a row for each setting from ``row`` on, with an open cell."""
    for at, name in enumerate(names, start=row):
        page.write_string(at, 0, setting_label(name), styles.label)
        clock = setting_kind(name) == CellKind.TIME
        page.write_blank(at, 1, None, styles.clock if clock else styles.open)
        page.write_string(at, 2, f"{setting_help(name)}{_default(name)}", styles.soft)
        _setting_choices(page, at, name)


def _default(name: str) -> str:
    """What counts while the cell is blank, as a sentence to add; empty without a default."""
    value = getattr(Settings(), name)
    match value:
        case None | "" | ():
            return ""
        case frozenset():
            shown = ", ".join(WEEKDAYS[day] for day in sorted(value))
        case time():
            shown = value.isoformat("minutes")
        case float() | Decimal() if setting_kind(name) == CellKind.SHARE:
            shown = f"{value:.0%}"
        case float():
            shown = f"{value:g}"
        case _:
            shown = str(value)
    return f" Blank: {shown}."


def _setting_choices(page: Worksheet, row: int, name: str) -> None:
    choices = {
        "business_model": list(BusinessModel),
        "date_order": list(DateOrder),
    }.get(name)
    if choices is not None:
        page.data_validation(row, 1, row, 1, {"validate": "list", "source": choices})


def _table(
    workbook: xlsxwriter.Workbook,
    styles: _Styles,
    sheet: Sheet,
    example: Mapping[str, Value] | None,
    used: Container[str] = (),
) -> Worksheet:
    """Add a sheet with its headers, checks and drop-downs, and the example, if any, as its one row."""
    page = _page(workbook, sheet.name)
    pinned = 1 + max(place for place, column in enumerate(sheet.columns) if column.required)
    page.freeze_panes(1, min(pinned, 2))
    page.set_row(0, 32)
    page.autofilter(0, 0, READY_ROWS, len(sheet.columns) - 1)
    folded = [column.folded and column.field not in used for column in sheet.columns]
    for place, column in enumerate(sheet.columns):
        look = styles.cell(column.kind)
        page.set_column(place, place, _width(column), look, _fold(folded, place))
        _header(page, styles, place, column)
        _checks(page, place, column)
        if example is not None:
            look = styles.cell(column.kind, example=True)
            _write(page, (1, place), example.get(column.field), look)
    page.set_column(len(folded), len(folded), None, None, _fold(folded, len(folded)))
    return page


def _fold(folded: Sequence[bool], place: int) -> dict[str, object]:
    """How a column is folded away; the one after those that are folded bears the + that unfolds them."""
    if place < len(folded) and folded[place]:
        return {"level": 1, "hidden": True}
    return {"collapsed": True} if place and folded[place - 1] else {}


def _width(column: Column) -> int:
    """Characters, enough for the header's longest word with its star and arrow, and every choice."""
    usual = _WIDE.get(column.name, _WIDTHS.get(column.kind, 12))
    word = max(len(word) for word in column.name.split())
    choice = max((len(choice) for choice in column.choices), default=0)
    return max(usual, word + 5, choice + 2)


def _header(page: Worksheet, styles: _Styles, place: int, column: Column) -> None:
    # The star is for eyes that cannot tell the colours apart; reading ignores it.
    name = f"{column.name} *" if column.required else column.name
    page.write_string(0, place, name, styles.header_required if column.required else styles.header)
    needed = "Needed in each row. " if column.required else ""
    page.write_comment(
        0,
        place,
        f"{needed}{column.help}\nFor example: {column.example}",
        {"author": "reportgen", "x_scale": 1.7, "y_scale": 0.9, "font_size": 10},
    )


def _write(page: Worksheet, at: tuple[int, int], value: Value, look: Format) -> None:
    match value:
        case None:
            page.write_blank(*at, None, look)
        case str():
            page.write_string(*at, value, look)
        case time() | date():
            moment = value if isinstance(value, time) else datetime.combine(value, time())
            page.write_datetime(*at, moment, look)
        case int():
            page.write_number(*at, value, look)


def _checks(page: Worksheet, place: int, column: Column) -> None:
    """Add the drop-down or the check of a column. Each warns; none forbids."""
    rule: dict[str, object] = {}
    match column.kind:
        case CellKind.CLIENT if column.field == "client" and page.get_name() != CLIENTS.name:
            rule = {"validate": "list", "source": _filled(CLIENTS)}
            rule["error_message"] = "This name is not on the Clients sheet yet. Keep it?"
        case CellKind.ACTIVITY:
            rule = {"validate": "list", "source": _filled(ACTIVITIES)}
            rule["error_message"] = "This word is not on the Activities sheet yet. Keep it?"
        case CellKind.CHOICE | CellKind.SIGNAL:
            rule = {"validate": "list", "source": list(column.choices)}
            rule["error_message"] = "Better a word from the list. Keep yours?"
        case CellKind.YES_OR_NO:
            rule = {"validate": "list", "source": ["yes", "no"]}
            rule["error_message"] = "Better yes or no. Keep yours?"
        case CellKind.DATE:
            rule = {"validate": "date", "criteria": "between"}
            rule |= {"minimum": datetime(1950, 1, 1), "maximum": datetime(2100, 12, 31)}  # noqa: DTZ001
            rule["error_message"] = "Better a date, for example 14/03/2026. Keep yours?"
        case CellKind.NUMBER | CellKind.DAYS if column.bounds is not None:
            low, high = column.bounds
            rule = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
            rule["error_message"] = f"Better a number from {low} to {high}. Keep yours?"
    if rule:
        rule |= {"error_type": "warning", "error_title": column.name}
        page.data_validation(1, place, READY_ROWS, place, rule)


def _filled(sheet: Sheet) -> str:
    """The formula for the names in the first column of a sheet, however many there are."""
    first = column_letters(1)
    rows = f"{sheet.name}!${first}$2:${first}${READY_ROWS + 1}"
    return f"=OFFSET({sheet.name}!${first}$2,0,0,MAX(1,COUNTA({rows})),1)"


_ACTIVITY: Mapping[str, Value] = {
    "name": "Example: studio visit",
    "kind": "relationship building",
    "value": "high",
    "connects": "yes",
    "usual_minutes": 45,
}


def _activities(
    workbook: xlsxwriter.Workbook,
    styles: _Styles,
    example: Mapping[str, Value] | None,
    but: Container[str],
) -> None:
    """Add the built-in catalogue ``but`` some, to look things up, to change, and to add to."""
    page = _table(workbook, styles, ACTIVITIES, example)
    fields = [column.field for column in ACTIVITIES.columns]
    plain_cells = [styles.cell(column.kind) for column in ACTIVITIES.columns]
    known = sorted(
        (one for name, one in built_in().activities.items() if name not in but),
        key=lambda one: one.name.casefold(),
    )
    for row, activity in enumerate(known, start=1 if example is None else 2):
        cells: Mapping[str, Value] = {
            "name": activity.name,
            "kind": activity.kind,
            "value": activity.value,
            "connects": "yes" if activity.connects else "no",
            "letter": activity.letter,
        }
        for place, field in enumerate(fields):
            if cells.get(field) is not None:
                _write(page, (row, place), cells[field], plain_cells[place])
