"""The whole way from the owner's files to a workbook of ours."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reportgen import words
from reportgen.adopting.adopted import Adopted, Wanted
from reportgen.adopting.filling import Filling, fillings, told_by_days
from reportgen.adopting.found import said
from reportgen.adopting.lines import Line, lines_of
from reportgen.adopting.questions import questions_of
from reportgen.adopting.remembered import with_entries
from reportgen.adopting.same import Change
from reportgen.adopting.sources import Sources, load_all
from reportgen.adopting.workbook import Ours, settings_of
from reportgen.model import Source, name_key
from reportgen.problems import Problem, ReportError
from reportgen.reading.book import Gathered, book_of, gathered
from reportgen.reading.cells import Grid
from reportgen.reading.columns import ACTIVITIES, CLIENTS, TOUCHPOINTS
from reportgen.reading.nearest import nearest
from reportgen.reading.products.definition import named
from reportgen.settings.configuration import (
    Configuration,
    configuration_of,
    configuration_text,
)
from reportgen.words import plain
from reportgen.writing.starter import empty_workbook


def adopt(wanted: Wanted) -> tuple[Adopted, tuple[Problem, ...], bytes | None]:
    """What the files make, their problems, and the workbook, where it has something new.

    Raises: ReportError, when a file cannot be read, nothing in them can be used, or the workbook cannot
    be added to.
    """
    before = configuration_text(wanted.config) if wanted.config.exists() else ""
    text = with_entries(before, wanted.answers)
    product = named(wanted.product) if wanted.product else None
    configuration = replace(configuration_of(text, wanted.config), product=product)
    sources = load_all([*wanted.files], configuration, wanted.into)
    added_to = None if wanted.into is None else _bytes(wanted.into)
    ours = Ours.of(added_to, wanted.into.name, configuration) if wanted.into and added_to else None
    found = _read(sources, ours, configuration)
    lines = [replace(line, taken_from=_whence(line, sources)) for line in lines_of(found)]
    told = tuple(said(found, sources, lines))
    problems = tuple(_in_file(one, sources) for one in found.problems)
    questions = questions_of(found, sources, configuration)
    if questions:
        return Adopted(told, questions), problems, None
    if not lines:
        book_of(sources.grids, configuration, Source(_names(wanted.files), ""))
        raise ReportError(f"{_names(wanted.files)} has no row that can be taken over.")
    if ours is None:
        ours = Ours.of(_empty(lines), "The new workbook", configuration)
    _same_money(found, ours)
    filled, told_before = _filled(lines, ours)
    there = {id(line) for line in told_before}
    lines = [line for line in lines if id(line) not in there]
    new, changes, known = _sorted_out(lines, sources, found, ours)
    made = ours.with_lines(new, settings_of(found), filled)
    adopted = Adopted(
        found=told,
        config=text if text != before else None,
        added=tuple(Counter(line.sheet.name for line in new).items()),
        known=known + len(told_before),
        changes=tuple(_told(changes, ours.name)),
        filled=tuple(_cell_of(one) for one in filled),
        digest=hashlib.sha256(ours.content).hexdigest(),
    )
    return adopted, problems, made if new or filled else None


def _read(sources: Sources, ours: Ours | None, configuration: Configuration) -> Gathered:
    """What her files say to one who knows the clients and activities of the workbook to add to."""
    if ours is None:
        return gathered(sources.grids, configuration)
    known: list[Grid] = []
    sheets = dict(configuration.sheets)
    for sheet in (CLIENTS, ACTIVITIES):
        for grid in ours.grids:
            if plain(grid.sheet) == plain(sheet.name):
                name = f"{sheet.name} of {ours.name}"
                known.append(replace(grid, sheet=name))
                sheets[plain(name)] = sheet.name
    found = gathered((*sources.grids, *known), replace(configuration, sheets=sheets))
    theirs = {grid.sheet for grid in known}
    recognised = replace(
        found.recognised,
        layouts=tuple(one for one in found.recognised.layouts if one.grid.sheet not in theirs),
    )
    problems = tuple(one for one in found.problems if one.where.sheet not in theirs)
    return replace(found, recognised=recognised, problems=problems)


def _empty(lines: Sequence[Line]) -> bytes:
    """A workbook with room for the lines: what they fill is not folded away."""
    used = {one.sheet.name: set[str]() for one in lines}
    for line in lines:
        used[line.sheet.name] |= line.values.keys()
    theirs = {plain(str(line.values["name"])) for line in lines if line.sheet is ACTIVITIES}
    return empty_workbook(used, theirs)


def _names(files: Sequence[Path]) -> str:
    return words.listed([file.name for file in files])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ReportError(f"{path} is not there; check the name and the folder.") from None
    except OSError as error:
        raise ReportError(
            f"{path} cannot be read ({error.strerror}); close what has it open."
        ) from None


def _whence(line: Line, sources: Sources) -> str:
    file, title = sources.files[line.row.sheet], sources.titles[line.row.sheet]
    sheet = "" if title == file else f", {title}"
    return f"{file}{sheet}, row {line.row.row}"


def _in_file(problem: Problem, sources: Sources) -> Problem:
    """The problem with the name of the file where ours for its sheet would tell the owner nothing."""
    where = problem.where
    return replace(
        problem, where=replace(where, sheet=sources.titles.get(where.sheet, where.sheet))
    )


def _same_money(found: Gathered, ours: Ours) -> None:
    theirs, own = found.settings.currency, ours.found.settings.currency
    if theirs and own and theirs != own:
        raise ReportError(
            f"The amounts are in {theirs}, and {ours.name} is in {own}; amounts are not converted, so "
            "give them a workbook of their own."
        )


def _filled(lines: Sequence[Line], ours: Ours) -> tuple[list[Filling], list[Line]]:
    """The cells of the workbook that the lines fill in, and the lines that it has with that."""
    told = told_by_days(lines)
    if not told:
        return [], []
    sheet = ours.table(TOUCHPOINTS).grid.sheet
    return fillings(told, [one for one in lines_of(ours.found) if one.row.sheet == sheet])


def _cell_of(one: Filling) -> str:
    column = next(column.name for column in TOUCHPOINTS.columns if column.field == one.field)
    return f"{column}, row {one.row.row} of {one.row.sheet}"


def _sorted_out(
    lines: Sequence[Line], sources: Sources, found: Gathered, ours: Ours
) -> tuple[list[Line], list[Change], int]:
    """The lines that are new, what has changed, and how many were there; file by file."""
    known = ours.known()
    new: list[Line] = []
    changes: list[Change] = []
    again = 0
    by_file: dict[str, list[Line]] = {file: [] for file in sources.files.values()}
    for line in (*_unlisted(lines, found, ours), *lines):
        by_file[sources.files[line.row.sheet]].append(line)
    for theirs in by_file.values():
        more, changed, many = known.add(theirs)
        new += more
        changes += changed
        again += many
    return new, changes, again


def _unlisted(lines: Sequence[Line], found: Gathered, ours: Ours) -> Iterator[Line]:
    """A line of the Clients sheet for each client whom no list names.

    Whose name is nearly that of one on the list stays off it: ``check`` asks which of the two is meant.
    """
    relationships = (*found.rows.relationships, *ours.found.rows.relationships)
    listed = {
        name_key(one.client.name): one.client.name
        for one in relationships
        if one.client.row is not None
    }
    persons = {name_key(one.client.contact) for one in relationships if one.client.contact}
    first = {name_key(str(line.values.get("client"))): line for line in reversed(lines)}
    for one in found.rows.relationships:
        key = name_key(one.client.name)
        if key in listed or key in persons or (listed and nearest(key, listed)):
            continue
        if key in first:
            values = {"client": one.client.name}
            yield replace(first[key], sheet=CLIENTS, values=values, source_id="")


def _told(changes: Sequence[Change], name: str) -> Iterator[str]:
    for change in changes:
        columns = {column.field: column.name for column in change.line.sheet.known}
        differing = [
            f"{columns[one]} is {_cell(change.line.values[one])} there and "
            f"{_cell(change.kept.values.get(one))} here"
            for one in change.fields
        ]
        yield (
            f"{change.line.taken_from} has changed: {words.listed(differing, 5)}. "
            f"Row {change.kept.row} of {name} stays as it is."
        )


def _cell(value: object) -> str:
    return "nothing" if value is None else f"“{value}”"
