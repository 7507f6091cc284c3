"""Jobs and answers as plain values, for the lines of JSON that the two processes exchange."""

from __future__ import annotations

from dataclasses import asdict, astuple, fields
from datetime import date
from pathlib import Path
from typing import Any

from reportgen.adopting.adopted import Adopted, Entry, Question, Reply, Wanted
from reportgen.forms.form import Form
from reportgen.model import Edition
from reportgen.problem_groups import Example, Group, Summary
from reportgen.problems import Cell, Lost, Problem
from reportgen.run.job import Answer, Job, Walk


def packed_job(job: Job) -> dict[str, Any]:
    """The job as texts, lists and numbers; its JSON gives it back through :func:`job_from`."""
    plain = _shallow(job)
    for name in ("workbook", "config", "out", "months", "months_out", "key", "as_of"):
        plain[name] = None if plain[name] is None else str(plain[name])
    wanted = job.wanted
    if wanted is not None:
        plain["wanted"] = {
            "files": [str(file) for file in wanted.files],
            "config": str(wanted.config),
            "into": None if wanted.into is None else str(wanted.into),
            "answers": [astuple(entry) for entry in wanted.answers],
            "product": wanted.product,
        }
    return plain


def _wanted_from(plain: dict[str, Any]) -> Wanted:
    return Wanted(
        files=tuple(map(Path, plain["files"])),
        config=Path(plain["config"]),
        into=Path(plain["into"]) if plain["into"] else None,
        answers=tuple(Entry(*entry) for entry in plain["answers"]),
        product=plain["product"],
    )


def job_from(plain: dict[str, Any]) -> Job:
    """The job that was packed."""
    return Job(
        **plain
        | {
            "walk": Walk(plain["walk"]),
            "workbook": Path(plain["workbook"]),
            "config": Path(plain["config"]) if plain["config"] else None,
            "as_of": date.fromisoformat(plain["as_of"]) if plain["as_of"] else None,
            "out": Path(plain["out"]) if plain["out"] else None,
            "months": Path(plain["months"]) if plain["months"] else None,
            "months_out": Path(plain["months_out"]) if plain["months_out"] else None,
            "key": Path(plain["key"]) if plain["key"] else None,
            "edition": Edition(plain["edition"]),
            "form": Form(plain["form"]),
            "passphrases": tuple(plain["passphrases"]),
            "wanted": _wanted_from(plain["wanted"]) if plain["wanted"] else None,
        }
    )


def packed_answer(answer: Answer) -> dict[str, Any]:
    """The answer as texts, lists and numbers; its JSON gives it back through :func:`answer_from`."""
    as_of = None if answer.as_of is None else answer.as_of.isoformat()
    return _shallow(answer) | {
        "problems": asdict(answer.problems),
        "each": [astuple(problem) for problem in answer.each],
        "as_of": as_of,
        "adopted": None if answer.adopted is None else asdict(answer.adopted),
    }


def answer_from(plain: dict[str, Any]) -> Answer:
    """The answer that was packed; a field that is missing has its default."""
    as_of = plain.get("as_of")
    told: dict[str, Any] = {
        "problems": _summary_from(plain.get("problems", {})),
        "each": tuple(map(_problem_from, plain.get("each", ()))),
        "unread": tuple(plain.get("unread", ())),
        "remarks": tuple(plain.get("remarks", ())),
        "notes": tuple(plain.get("notes", ())),
        "day": tuple(plain["day"]) if plain.get("day") else None,
        "as_of": None if as_of is None else date.fromisoformat(as_of),
        "adopted": _adopted_from(plain["adopted"]) if plain.get("adopted") else None,
    }
    return Answer(**plain | told)


def _adopted_from(plain: dict[str, Any]) -> Adopted:
    return Adopted(
        **plain
        | {
            "found": tuple(plain["found"]),
            "questions": tuple(map(_question_from, plain["questions"])),
            "added": tuple((sheet, many) for sheet, many in plain["added"]),
            "filled": tuple(plain["filled"]),
            "changes": tuple(plain["changes"]),
        }
    )


def _question_from(plain: dict[str, Any]) -> Question:
    replies = tuple(
        Reply(one["says"], tuple(Entry(**entry) for entry in one["entries"]))
        for one in plain["replies"]
    )
    return Question(plain["asks"], tuple(plain["shows"]), replies)


def _problem_from(plain: list[Any]) -> Problem:
    where, found, expected, suggestion, lost, rows, *_ = plain  # what it leaves open stays there
    return Problem(Cell(*where), found, expected, suggestion, Lost(lost), rows)


def _summary_from(plain: dict[str, Any]) -> Summary:
    return Summary(**plain | {"groups": tuple(map(_group_from, plain.get("groups", ())))})


def _group_from(plain: dict[str, Any]) -> Group:
    return Group(
        **plain
        | {
            "first": tuple(Cell(**cell) for cell in plain["first"]),
            "examples": tuple(Example(**example) for example in plain["examples"]),
            "lost": Lost(plain["lost"]),
        }
    )


def _shallow(one: Job | Answer) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in fields(one)}
