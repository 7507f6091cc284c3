"""The walks that can be asked for: each reads the workbook and goes as far as it needs to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.build import AsOf, Built, Shape, Told, build, own_letters, read_workbook, work_out
from reportgen.output import writing
from reportgen.output.months import Place
from reportgen.problem_groups import first_of_each_kind, summary
from reportgen.run.job import MOST_LISTED, Answer, Job, Walk

if TYPE_CHECKING:
    from reportgen.model import Book
    from reportgen.report.report import Report
    from reportgen.settings.configuration import Configuration
    from reportgen.settings.settings import Settings


def walk(job: Job, as_of: AsOf, told: Told, processors: int = 1) -> Answer:
    """Do what the job asks for; returns what it came to.

    Raises: ReportError, when it cannot be done; WriteFailed, for example on a full disk.
    """
    match job.walk:
        case Walk.BUILD:
            return build_report(job, as_of, told, processors)
        case Walk.OWNER:
            return build_owner(job, as_of, told)
        case Walk.CHECK:
            return check(job, told)
        case Walk.ANNOTATE:
            return annotate(job, told)
        case Walk.ANALYSE:
            return analyse(job, as_of, told)
        case Walk.EXPLAIN:
            return explain(job, as_of, told)
        case Walk.LETTERS:
            return write_letters(job, as_of, told)
        case Walk.ADOPT:
            return adopt_files(job, told)


def build_report(job: Job, as_of: AsOf, told: Told, processors: int = 1) -> Answer:
    """Write the report in the shape asked for.

    Raises: ReportError, when the workbook cannot be read or not be shared in this shape; WriteFailed.
    """
    return _answered(_built(job, as_of, told, processors))


def build_owner(job: Job, as_of: AsOf, told: Told) -> Answer:
    """The same, with the owner's part of the overview across owners as JSON.

    Raises: as above.
    """
    from pydantic import TypeAdapter

    from reportgen.report.across import OwnersPart, owners_part
    from reportgen.site.monthly.stake import nameless, stake
    from reportgen.site.prose.english.headline import headline

    built = _built(job, as_of, told)
    said = headline(nameless(stake(built.report)))
    part = owners_part(built.report, said, len(built.problems))
    return replace(_answered(built), text=TypeAdapter(OwnersPart).dump_json(part).decode())


def _built(job: Job, as_of: AsOf, told: Told, processors: int = 1) -> Built:
    assert job.out is not None
    months = Place(job.months, job.months_out) if job.months and job.months_out else None
    shape = Shape(
        edition=job.edition,
        form=job.form,
        passphrases=job.passphrases,
        appendix=job.appendix,
        all_pages=job.all_pages,
        months=months,
        key=job.key,
    )
    return build(job.workbook, _configuration(job), as_of, job.out, told, shape, processors)


def _answered(built: Built) -> Answer:
    return Answer(
        as_of=built.as_of,
        clients=built.clients,
        problems=summary(built.problems),
        unread=built.unread,
        remarks=built.remarks,
        notes=built.notes,
        made=built.made,
    )


def check(job: Job, told: Told) -> Answer:
    """Find every problem of the workbook.

    Raises: ReportError, when the workbook cannot be read.
    """
    return _checked(_opened(job, told)[0])


def _checked(book: Book) -> Answer:
    each = first_of_each_kind(book.problems)[:MOST_LISTED]
    return Answer(
        summary(book.problems), each, unread=book.unread, remarks=book.remarks, cells=book.cells
    )


def annotate(job: Job, told: Told) -> Answer:
    """Find every problem, and mark them in a copy of the workbook; notes say what it could not keep.

    Without a problem there is nothing to mark, and no copy is written.

    Raises: ReportError, when the workbook cannot be read or copied; OSError, when the copy cannot be
    written.
    """
    from reportgen.writing.annotate import annotated_copy

    assert job.out is not None
    book, _ = _opened(job, told)
    answer = _checked(book)
    if not book.problems:
        return answer
    told("Marking the cells", 0, 0)
    return replace(answer, notes=tuple(annotated_copy(job.workbook, book.problems, job.out)))


def analyse(job: Job, as_of: AsOf, told: Told) -> Answer:
    """Put the whole analysis into JSON (SPEC 10).

    Raises: ReportError, when the workbook cannot be read.
    """
    from reportgen.figures.machine import as_json

    return Answer(text=as_json(_reported(job, as_of, told)))


def explain(job: Job, as_of: AsOf, told: Told) -> Answer:
    """Explain every figure of one client, or the one asked for, in plain text.

    Raises: ReportError, when the workbook cannot be read, and when it has no such client or there is
    no such figure.
    """
    from reportgen.figures import explain as plain_text

    report = _reported(job, as_of, told)
    return Answer(text=plain_text.explain(report, job.client, job.figure))


def write_letters(job: Job, as_of: AsOf, told: Told) -> Answer:
    """Write the letters that are due, filled in; notes say which of the owner's own could not be used.

    When none is due, nothing is written.

    Raises: ReportError, when the workbook cannot be read; WriteFailed, for example on a full disk.
    """
    from reportgen.letters.envelopes import envelopes
    from reportgen.letters.library import library

    assert job.out is not None
    report = _reported(job, as_of, told)
    known = library(own_letters(job.workbook))
    due = envelopes(report, known)
    files = [file for one in due for file in one.files]
    if files:
        told("Writing the letters", 0, 0)
        writing.write(job.out, files, [path for path, _ in files])
    return Answer(
        as_of=report.as_of,
        letters=len(due),
        unfinished=sum(bool(one.missing) for one in due),
        notes=known.problems,
    )


def adopt_files(job: Job, told: Told) -> Answer:
    """Write the workbook that the owner's files make; nothing, while there is something to ask.

    Raises: ReportError, when a file cannot be read or the workbook not be added to; WriteFailed.
    """
    from reportgen.adopting.adopt import adopt

    assert job.wanted is not None
    told("Reading your files", 0, 0)
    adopted, problems, workbook = adopt(job.wanted)
    if job.out is not None and workbook is not None:
        told("Writing the workbook", 0, 0)
        with writing.write_failures():
            job.out.write_bytes(workbook)
    return Answer(summary(problems), adopted=adopted)


def _opened(job: Job, told: Told) -> tuple[Book, Settings]:
    return read_workbook(job.workbook, _configuration(job), told)


def _configuration(job: Job) -> Configuration:
    """What the owner's file says, and which product she names.

    Raises: ReportError, when the file cannot be used, or nobody knows the product.
    """
    from reportgen.reading.products.definition import named
    from reportgen.settings.configuration import read_configuration

    configuration = read_configuration(job.config)
    return replace(configuration, product=named(job.product)) if job.product else configuration


def _reported(job: Job, as_of: AsOf, told: Told) -> Report:
    book, settings = _opened(job, told)
    return work_out(book, settings, as_of, told)
