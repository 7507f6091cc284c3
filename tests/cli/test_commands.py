"""The command line: exit codes, what goes where, and that its help costs nothing.

Running this file puts the program's --help into docs/commands.md (`make docs`).
"""

import contextlib
import json
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import openpyxl
import pytest
from openpyxl import load_workbook
from program import PROGRAM, reportgen, started

from reportgen.cli import commands, options
from reportgen.cli.said import posted, shown
from reportgen.model import Edition
from reportgen.problems import Cell, Problem
from reportgen.run.job import Answer
from reportgen.settings.configuration import read_configuration
from reportgen.settings.settings import SETTING_NAMES, Settings

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "commands.md"
COMMANDS = [
    *("", "adopt", "build", "serve", "check", "analyse", "explain", "letters", "cohort", "init"),
]


@pytest.fixture
def good(tmp_path):
    """A workbook without a problem."""
    book = tmp_path / "good.csv"
    book.write_text(
        "Date,Client,Activity\n2026-09-01,Café Ångström,Phone call\n2026-10-01,Acme,Phone call\n",
        encoding="utf-8",
    )
    return book


@pytest.fixture
def faulty(tmp_path):
    """A workbook with one cell that cannot be used: B3 has the date, in a title's place."""
    book = tmp_path / "faulty.csv"
    book.write_text(
        "Date,Client,Minutes\n2026-09-01,Acme,30\n2026-10-01,Acme,a while\n", encoding="utf-8"
    )
    return book


# Help --------------------------------------------------------------------------------------------


def help_blocks() -> str:
    """What docs/commands.md shows between its two marks."""
    blocks = []
    for command in COMMANDS:
        arguments = [*command.split(), "--help"]
        text = reportgen(*arguments).stdout.rstrip()
        blocks.append("```console\n$ reportgen " + " ".join(arguments) + f"\n{text}\n```\n")
    return "\n".join(blocks)


def between_the_marks(text: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"(.*<!-- help[^\n]*-->\n)(.*)(<!-- /help -->.*)", text, re.DOTALL)
    assert found is not None
    return found[1], found[2], found[3]


def test_the_reference_has_the_help_of_the_program():
    assert between_the_marks(REFERENCE.read_text(encoding="utf-8"))[1] == help_blocks()


@pytest.mark.parametrize("command", COMMANDS[1:])
def test_every_command_has_an_example_that_it_understands(command):
    text = reportgen(command, "--help").stdout
    example = re.search(r"Example: reportgen (.+)", text)
    assert example is not None
    words = shlex.split(example[1].split(" > ")[0])
    assert words[0] == command
    commands.commands.commands[command].make_context(
        command, words[1:]
    )  # raises when misunderstood


def test_settings_beside_the_workbook_count_unless_others_are_named(good, tmp_path):
    """In the folder of the workbook; in the workbook itself where that is a folder."""

    def red_line(*options, book=good):
        done = reportgen("analyse", book, "--as-of", "2026-10-31", *options)
        assert done.returncode == 0, done.stderr
        return {one["red_line_days"] for one in json.loads(done.stdout)["clients"]}

    usual = red_line()
    (tmp_path / "reportgen.toml").write_text("[settings]\nred_line_days = 44\n")
    (tmp_path / "other.toml").write_text("[settings]\nred_line_days = 55\n")
    assert 44 not in usual
    assert red_line() == {44}
    assert red_line("--config", tmp_path / "other.toml") == {55}
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    shutil.copy(good, sheets / "Touchpoints.csv")
    assert red_line(book=sheets) == usual
    (sheets / "reportgen.toml").write_text("[settings]\nred_line_days = 66\n")
    assert red_line(book=sheets) == {66}


def test_help_imports_nothing_heavy():
    code = (
        "import sys\n"
        "sys.argv = ['reportgen', '--help']\n"
        "from reportgen.cli.commands import main\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        "print(*sorted(name for name in sys.modules if name.startswith('reportgen')))\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *_, ours, loaded = (set(line.split()) for line in done.stdout.splitlines())
    assert ours == {"reportgen", "reportgen.cli", "reportgen.cli.commands", "reportgen.cli.options"}
    assert "click" in loaded
    heavy = {"matplotlib", "openpyxl", "scipy", "numpy", "pydantic", "jinja2", "rich"}
    assert loaded & (heavy | {"python_calamine", "xlsxwriter", "babel"}) == set()


def test_every_edition_can_be_asked_for():
    assert list(options.EDITIONS) == [str(edition) for edition in Edition]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_nobody_but_the_owner_can_read_what_is_written(good, faulty, tmp_path, umask):
    """Except the public edition and a locked report, which are meant for others."""
    (tmp_path / "words.txt").write_text("seventeen turquoise umbrellas\n")
    sheet = openpyxl.Workbook()
    for row in (["Date", "Client"], ["2026-09-01", "Acme"], ["soon", "Acme"]):
        sheet.active.append(row)
    sheet.save(tmp_path / "touchpoints.xlsx")
    before = {*tmp_path.rglob("*")}
    runs = (
        ("build", good, "-o", "site", "--months", "months"),
        ("build", good, "-o", "one", "--single-file"),
        ("build", good, "-o", "coach", "--edition", "coach", "--key-file", "key.csv"),
        ("letters", good, "-o", "due"),
        ("check", "touchpoints.xlsx", "--annotate", "marked.xlsx"),
        ("adopt", faulty, "-o", "mine.xlsx", "--yes"),
        ("init", "begun"),
    )
    mask = os.umask(umask)
    try:
        for one in runs:
            done = reportgen(
                *one,
                *(["--as-of", "2026-10-31"] if one[0] in "build letters" else []),
                cwd=tmp_path,
            )
            assert done.returncode in (0, 3), done.stderr
        locked = ("build", good, "-o", "locked", "--password-file", "words.txt")
        assert reportgen(*locked, cwd=tmp_path).returncode == 0
    finally:
        os.umask(mask)
    made = {*tmp_path.rglob("*")} - before
    shared = {path for path in made if (tmp_path / "locked") in (path, *path.parents)}
    names = {path.relative_to(tmp_path).parts[0] for path in made}
    written = [
        "site",
        "months",
        "one",
        "coach",
        "key.csv",
        "marked.xlsx",
        "mine.xlsx",
        "begun",
        "locked",
    ]
    assert names >= {*written}
    wrong = [
        p for p in made - shared if p.stat().st_mode & 0o777 != (0o700 if p.is_dir() else 0o600)
    ]
    assert wrong == []
    assert {(p.is_dir(), oct(p.stat().st_mode & 0o777)) for p in shared} == {
        (True, "0o755"),
        (False, "0o644"),
    }


# Dates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-31", date(2026, 10, 31)),
        ("2026-10", date(2026, 10, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2026-02", date(2026, 2, 28)),
        ("1950-01-01", date(1950, 1, 1)),
        (" 2026-10-01 ", date(2026, 10, 1)),
    ],
)
def test_as_of(text, day):
    assert options.AsOf().convert(text, None, None) == day


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "2026-02-30", "31.10.2026", "2026-10-00", "0001-01-01", "9999-12"],
)
def test_what_is_no_day_is_wrong_usage(text, good):
    with pytest.raises(click.BadParameter, match="write 2026-10-31, or 2026-10"):
        options.AsOf().convert(text, None, None)
    done = reportgen("check", good, "--as-of", text)
    assert (done.returncode, done.stdout) == (2, "")


def test_without_as_of_it_is_today_where_the_owner_is(tmp_path, good):
    """Kiritimati is 14 hours before Greenwich, Niue 11 behind: never on one day."""
    days = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        config = tmp_path / "reportgen.toml"
        config.write_text(f'[settings]\ntime_zone = "{zone}"\n')
        done = reportgen("analyse", good, "--config", config)
        days.add(json.loads(done.stdout)["as_of"])
    assert len(days) == 2


# Commands ----------------------------------------------------------------------------------------


def test_build_says_where_it_is_and_what_it_rests_on(tmp_path, faulty):
    done = started("build", "faulty.csv", "-o", "out/site", "--as-of", "2026-10", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"{Path('out/site/index.html')} is ready: 1 client as of 31 October 2026; "
        "1 problem in the workbook (its Data problems page says which).\n"
    )
    assert (tmp_path / "out" / "site" / "index.html").stat().st_size > 0


def test_quiet_is_quiet(tmp_path, good):
    done = reportgen("build", good, "-o", tmp_path / "site", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "site" / "index.html").exists()
    done = reportgen("check", good, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_where_there_is_nothing_to_mark_it_is_said(tmp_path, good):
    done = reportgen("check", good, "--annotate", "marked.xlsx", cwd=tmp_path)
    assert done.returncode == 0
    assert "nothing to mark, so marked.xlsx was not written" in done.stdout
    assert not (tmp_path / "marked.xlsx").exists()


def test_a_marked_copy_in_a_folder_that_is_not_there(tmp_path):
    book = tmp_path / "clients.xlsx"
    workbook = openpyxl.Workbook()
    page = workbook.active
    page.title = "Touchpoints"
    for row in (("Date", "Client", "Minutes"), ("2026-10-01", "Acme", "soon")):
        page.append(row)
    workbook.save(book)
    done = reportgen("check", "clients.xlsx", "--annotate", "absent/marked.xlsx", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        1,
        "absent/marked.xlsx could not be written (no such file or directory); "
        "choose a place where you may make files.\n",
    )
    assert not (tmp_path / "absent").exists()


def test_strict_writes_nothing_when_there_are_problems(tmp_path, good, faulty):
    done = reportgen("build", faulty, "-o", tmp_path / "site", "--strict")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("Nothing was written: faulty.csv has 1 problem; reportgen check ")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["faulty.csv", "good.csv"]
    assert reportgen("build", good, "-o", tmp_path / "site", "--strict").returncode == 0


def test_check_lists_what_cannot_be_used_and_exits_with_3(faulty):
    done = started("check", faulty)
    assert (done.returncode, done.stderr) == (3, "")
    problem, closing = done.stdout.splitlines()
    assert "!C3: found" in problem
    assert "a while" in problem
    assert "; expected " in problem
    assert closing == (
        "1 problem among the 6 filled cells looked at in faulty.csv; left out because of it: 1 cell."
    )


@pytest.fixture
def repeating(tmp_path):
    """A workbook with 27 times an unknown activity, three dates that are none, and a row of totals."""
    rows = [f"2026-09-{day:02},Acme,VAT return" for day in range(1, 28)]
    rows += [f"{word},Acme,Phone call" for word in ("soon", "soon", "later")]
    book = tmp_path / "repeating.csv"
    book.write_text("\n".join(("Date,Client,Activity", *rows, "Total,,")) + "\n")
    return book


def test_check_has_a_line_for_each_kind_of_problem(repeating):
    done = reportgen("check", repeating)
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.splitlines() == [
        "3 problems, Touchpoints!A29, A30, A31: found “soon” (twice), “later” (once); expected a date, "
        "for example 2026-03-14; only then does the row count. Left out: 3 rows.",
        "27 problems, Touchpoints!C2, C3, C4, C5, C6 and 22 more: found “VAT return”; expected an "
        "activity of the catalogue, or one listed in a file Activities.csv. Add a row to a file "
        "Activities.csv in one folder with this one: Activity “VAT return”, Connects “yes”, as it counts "
        "now, or “no”. Left out: nothing.",
        "Touchpoints!A32: found “Total”; expected a row of its own for each entry; a row of totals is "
        "not used, the report adds up itself. Left out: 1 row of totals or examples.",
        "31 problems among the 91 filled cells looked at in repeating.csv; left out because of them: "
        "3 rows and 1 row of totals or examples.",
    ]


def test_check_lists_each_problem_when_asked(repeating):
    lines = reportgen("check", repeating, "--all", "--quiet").stdout.splitlines()
    assert len(lines) == 31
    assert lines[0].startswith("Touchpoints!C2: found “VAT return”; expected an activity")
    assert lines[-1].startswith("Touchpoints!A32: found “Total”; expected ")


def test_check_tells_a_program(repeating, good):
    done = reportgen("check", repeating, "--json")
    assert (done.returncode, done.stderr) == (3, "")
    told = json.loads(done.stdout)
    assert (told["cells"], told["left_out"], told["more"], told["unread"]) == (
        91,
        "3 rows and 1 row of totals or examples",
        0,
        [],
    )
    analysed = json.loads(reportgen("analyse", repeating, "--as-of", "2026-10").stdout)
    assert told["problems"] == analysed["problems"]
    assert len(told["problems"]) == 31
    assert [(one["number"], one["found"], one["left_out"]) for one in told["groups"]] == [
        (3, ["“soon”", "“later”"], "3 rows"),
        (27, ["“VAT return”"], "nothing"),
        (1, ["“Total”"], "1 row of totals or examples"),
    ]
    nothing = json.loads(reportgen("check", good, "--json").stdout)
    assert (nothing["groups"], nothing["problems"], nothing["left_out"]) == ([], [], "nothing")


def test_very_many_problems_are_counted_and_not_all_printed(tmp_path):
    book = tmp_path / "many.csv"
    book.write_text("Date,Client,Minutes\n" + "2026-09-01,Acme,soon\n" * 12_000)
    lines = reportgen("check", book).stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("12,000 problems, Touchpoints!C2, C3, C4, C5, C6 and 11,995 more: ")
    assert lines[0].endswith(" Left out: 12,000 cells.")
    each = reportgen("check", book, "--all", "--quiet").stdout.splitlines()
    assert (len(each), each[-1]) == (101, "11,900 more problems like these.")
    told = json.loads(reportgen("check", book, "--json").stdout)
    assert (len(told["problems"]), told["more"]) == (100, 11_900)


def test_check_of_a_good_workbook_exits_with_0(good):
    done = reportgen("check", good)
    assert (done.returncode, done.stdout) == (
        0,
        "All of the 6 filled cells looked at in good.csv can be used.\n",
    )


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        (1, "column “X1” on Touchpoints"),
        (2, "column “X1” on Touchpoints and column “X2” on Touchpoints"),
        (
            5,
            ", ".join(f"column “X{n}” on Touchpoints" for n in range(1, 5))
            + " and column “X5” on Touchpoints",
        ),
        (1007, ", ".join(f"column “X{n}” on Touchpoints" for n in range(1, 6)) + " and 1,002 more"),
    ],
)
def test_what_was_not_looked_at_is_named(tmp_path, extra, named):
    """Five at most; the others are counted."""
    book = tmp_path / "wide.csv"
    headers = "".join(f",X{n}" for n in range(1, extra + 1))
    book.write_text(f"Date,Client{headers}\n2026-10-01,Acme{',y' * extra}\n")
    done = reportgen("check", book)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "All of the 2 filled cells looked at in wide.csv can be used.",
        f"Not looked at: {named}.",
    ]
    assert reportgen("check", book, "--quiet").stdout == ""


def test_check_says_how_rows_were_counted(tmp_path):
    book = tmp_path / "book.csv"
    book.write_text("Date,Client,Amount,Status\n2026-10-01,Acme,5,Paid\n2026-10-02,Bell,6,Lost\n")
    done = reportgen("check", book)
    remark = "1 row on Sales marked “Lost” does not count."
    assert done.stdout.splitlines()[1:] == [remark]
    assert json.loads(reportgen("check", book, "--json").stdout)["remarks"] == [remark]


def test_build_names_what_was_not_looked_at(tmp_path):
    book = tmp_path / "book.csv"
    book.write_text("Date,Client,Colour\n2026-10-01,Acme,red\n")
    done = reportgen("build", book, "-o", tmp_path / "site", "--as-of", "2026-10")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == ["Not looked at: column “Colour” on Touchpoints."]


def test_a_cell_cannot_command_the_terminal():
    problem = Problem(Cell("Sales", 2, 1), "\x1b[2Jgone\nnext", "a date")
    assert click.unstyle(shown(problem)) == ("Sales!A2: found  [2Jgone next; expected a date.")


@pytest.mark.parametrize("poor", [{}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}])
def test_analyse_prints_only_json_in_utf8(good, poor):
    done = started("analyse", good, "--as-of", "2026-10", **poor)
    assert (done.returncode, done.stderr) == (0, "")
    names = {client["name"] for client in json.loads(done.stdout)["clients"]}
    assert names == {"Acme", "Café Ångström"}
    assert "Ångström" in done.stdout


def test_analyse_is_the_site_s_report_json(tmp_path, good):
    reportgen("build", good, "-o", tmp_path / "site", "--as-of", "2026-10")
    done = reportgen("analyse", good, "--as-of", "2026-10")
    assert json.loads((tmp_path / "site" / "report.json").read_text("utf-8")) == json.loads(
        done.stdout
    )


def test_explain_shows_one_figure_with_its_rule_and_rows(good):
    done = started("explain", good, "acme", "last_contact", "--as-of", "2026-10")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Acme, as of 31 October 2026\n"
        "\n"
        "last_contact: 1 October 2026\n"
        "    Rule: The last day up to the date of this report with a touchpoint that the\n"
        "      client feels, or with a sale.\n"
        "    Rests on row 3 of Touchpoints.\n"
    )


def test_explain_shows_every_figure_that_analyse_prints(good):
    done = reportgen("explain", good, "Café Ångström", "--as-of", "2026-10")
    assert (done.returncode, done.stderr) == (0, "")
    form = json.loads(reportgen("analyse", good, "--as-of", "2026-10").stdout)
    keys = re.findall(r"(?m)^(\w+): ", done.stdout)
    assert set(keys) == set(form["clients"][1]) - {"name"} | {"opportunities", "actions"}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["Acne"], "There is no client “Acne” in good.csv; is it “Acme”?\n"),
        (["Acme", "mood"], "There is no figure “mood”; write one of business_model, "),
    ],
)
def test_explain_of_what_is_not_there(good, asked, sentence):
    done = reportgen("explain", good, *asked, "--as-of", "2026-10")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_explain_without_a_client_is_wrong_usage(good):
    assert started("explain", good).returncode == 2


def test_a_name_cannot_command_the_terminal(good):
    done = reportgen("explain", good, "\x1b[2Jnobody\nat all")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no client “ [2Jnobody at all” in good.csv; write ")
    assert done.stderr.count("\n") == 1


# letters ------------------------------------------------------------------------------------------


@pytest.fixture
def silent(tmp_path):
    """A workbook with one letter due on 31 October 2026: Acme has been silent for 121 days."""
    book = tmp_path / "silent.csv"
    book.write_text("Date,Client,Activity\n2026-07-02,Acme,Phone call\n", encoding="utf-8")
    return book


def written(folder):
    return sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))


def test_letters_says_how_many_and_where(tmp_path, silent):
    done = started("letters", silent, "-o", "due", "--as-of", "2026-10", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "1 letter is in due, due as of 31 October 2026; it has places in "
    )
    assert written(tmp_path / "due") == ["01-acme-reconnection.md"]


def test_letters_stand_in_a_folder_of_their_own_unless_told(tmp_path, silent):
    done = reportgen("letters", silent, "--as-of", "2026-10", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert written(tmp_path / "letters-due") == ["01-acme-reconnection.md"]


def test_when_no_letter_is_due_nothing_is_written(tmp_path, silent):
    arguments = ("letters", silent, "-o", tmp_path / "due", "--as-of")
    done = reportgen(*arguments, "2026-07-03")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "No letter is due as of 3 July 2026; nothing was written.\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["silent.csv"]
    reportgen(*arguments, "2026-10")
    reportgen(*arguments, "2026-07-03")
    assert written(tmp_path / "due") == ["01-acme-reconnection.md"]


def test_letters_replace_only_what_reportgen_wrote(tmp_path, silent):
    due = tmp_path / "due"
    for day in ("2026-10", "2026-09"):
        assert reportgen("letters", silent, "-o", due, "--as-of", day).returncode == 0
    (due / "hers.txt").write_bytes(b"hers")
    before = written(due)
    done = reportgen("letters", silent, "-o", due, "--as-of", "2026-10")
    assert (done.returncode, done.stdout) == (1, "")
    assert "hers.txt, which reportgen did not make" in done.stderr
    assert written(due) == before


OWN = "---\nsubject: How are things, {{ name }}?\n---\nIt has been {{ silence }}.\n"


def test_letters_of_one_s_own_come_first_and_a_broken_one_stops_nothing(tmp_path, silent):
    own = tmp_path / "letters"
    own.mkdir()
    (own / "reconnection.md").write_text(OWN)
    (own / "thank-you.md").write_text("{% for x in y %}{% endfor %}")
    done = reportgen("letters", silent, "-o", tmp_path / "due", "--as-of", "2026-10")
    assert done.returncode == 0
    assert done.stdout == f"1 letter is in {tmp_path / 'due'}, due as of 31 October 2026.\n"
    assert done.stderr.startswith("The letter thank-you.md cannot be used: ")
    assert done.stderr.endswith("Ours of that name is used instead.\n")
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "due" / "01-acme-reconnection.md").read_text() == (
        "# How are things, Acme?\n\nIt has been about four months.\n"
    )


def test_letters_of_one_s_own_in_a_folder_of_tables(tmp_path, silent):
    book = tmp_path / "book"
    (book / "letters").mkdir(parents=True)
    (book / "letters" / "reconnection.md").write_text(OWN)
    silent.rename(book / "Touchpoints.csv")
    done = reportgen("letters", book, "-o", tmp_path / "due", "--as-of", "2026-10")
    assert (done.returncode, done.stderr) == (0, "")
    text = (tmp_path / "due" / "01-acme-reconnection.md").read_text()
    assert text.startswith("# How are things, Acme?\n")


def test_letters_written_beside_the_workbook_are_not_taken_for_one_s_own(tmp_path, silent):
    for _ in range(2):
        done = reportgen("letters", silent, "-o", tmp_path / "letters", "--as-of", "2026-10")
        assert (done.returncode, done.stderr) == (0, "")
    assert written(tmp_path / "letters") == ["01-acme-reconnection.md"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(letters=1), "1 letter is in due, due as of 31 October 2026."),
        (Answer(letters=1200), "1,200 letters are in due, due as of 31 October 2026."),
        (
            Answer(letters=1, unfinished=1),
            "1 letter is in due, due as of 31 October 2026; it has places in square brackets for you "
            "to fill in.",
        ),
        (
            Answer(letters=3, unfinished=1),
            "3 letters are in due, due as of 31 October 2026; 1 of them has places in square brackets "
            "for you to fill in.",
        ),
        (
            Answer(letters=3, unfinished=2),
            "3 letters are in due, due as of 31 October 2026; 2 of them have places in square brackets "
            "for you to fill in.",
        ),
    ],
)
def test_the_sentence_about_the_letters(answer, sentence):
    assert posted(Path("due"), replace(answer, as_of=date(2026, 10, 31))) == sentence


def test_a_letter_that_the_terminal_lacks_stops_nothing(tmp_path):
    (tmp_path / "žena.csv").write_text("Date,Client\n2026-10-01,Acme\n")
    done = started("check", tmp_path / "žena.csv", PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "All of the 2 filled cells looked at in \\u017eena.csv can be used.\n"


def test_a_reader_that_has_enough_ends_it_quietly(good):
    with subprocess.Popen(
        [*PROGRAM, "analyse", good], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0


def test_colour_only_on_a_terminal_that_wants_it(faulty):
    assert "\x1b[" not in reportgen("check", faulty).stdout
    assert "\x1b[1m" in on_a_terminal("check", faulty)
    assert "\x1b[" not in on_a_terminal("check", faulty, NO_COLOR="1")


def on_a_terminal(*arguments: object, **environment: str) -> str:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        stdout=theirs,
        stderr=subprocess.DEVNULL,  # no progress bar on a slow machine
        env={**os.environ, **environment},
    ):
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # EIO: the other end is closed
            while part := os.read(ours, 1024):
                shown += part
    os.close(ours)
    return shown.decode()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_run_says_so_and_writes_nothing(tmp_path, sent):
    rows = "".join(f"2026-09-01,Client {number}\n" for number in range(60_000))
    (tmp_path / "long.csv").write_text(
        f"Date,Client\n{rows}"
    )  # it takes far longer than the signal
    # In the background of a shell tests pass over Ctrl-C, and so would the program that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # and under nohup over a closed terminal
    with subprocess.Popen(
        [*PROGRAM, "build", "long.csv", "-o", "a/site"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        for _ in range(100):
            if (tmp_path / "a" / ".site.reportgen-new").exists():
                break
            time.sleep(0.05)
        time.sleep(0.3)
        run.send_signal(sent)
        out, error = run.communicate(timeout=20)
    assert (run.returncode, out) == (1, "")
    assert error == "Stopped, as you asked; nothing was written.\n"
    assert [p.name for p in tmp_path.iterdir()] == ["long.csv"]


# init --------------------------------------------------------------------------------------------

STARTER = [
    "clients.xlsx",
    "reportgen.toml",
    "Makefile",
    ".gitignore",
    ".github/workflows/pages.yml",
    "README.md",
]


def files_in(folder: Path) -> list[tuple[str, bytes]]:
    """Every file below a folder, by its path in it."""
    return sorted(
        (path.relative_to(folder).as_posix(), path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    )


def type_over_the_examples(path: Path) -> None:
    workbook = load_workbook(path)
    for page in workbook.worksheets[1:]:
        for cell in page[2]:
            if isinstance(cell.value, str):
                cell.value = cell.value.removeprefix("Example: ")
    workbook.save(path)


def test_init_writes_what_build_reads(tmp_path):
    done = reportgen("init", tmp_path / "mine")
    assert (done.returncode, done.stderr) == (0, "")
    assert [name for name, _ in files_in(tmp_path / "mine")] == sorted(STARTER)
    assert all(name in done.stdout for name in STARTER)
    settings = ("--config", "reportgen.toml")
    # Its examples never count, so that before her first row there is nothing to report.
    for command in ("check", "build"):
        done = reportgen(command, "clients.xlsx", *settings, cwd=tmp_path / "mine")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            "clients.xlsx has no touchpoint and no sale of your own yet, and the example rows never "
            "count; type your own over the example in Touchpoints or in Sales, and save it.\n"
        )
    type_over_the_examples(tmp_path / "mine" / "clients.xlsx")
    done = reportgen("build", "clients.xlsx", *settings, "--strict", cwd=tmp_path / "mine")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", STARTER)
def test_init_overwrites_nothing(tmp_path, name):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(b"hers")
    done = reportgen("init", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{name} exists already")
    assert done.stderr.count("\n") == 1
    assert files_in(tmp_path) == [(name, b"hers")]


def test_init_where_no_folder_can_be(tmp_path):
    (tmp_path / "file").write_bytes(b"hers")
    done = started("init", "file/mine", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_the_settings_file_says_our_defaults(tmp_path):
    """As it is written it changes nothing, and so it does with every # taken away."""
    from reportgen.writing.scaffold import settings_file

    path = tmp_path / "reportgen.toml"
    text = settings_file("0123456789abcdef")
    path.write_text(text, encoding="utf-8")
    assert read_configuration(path).settings == Settings()
    lines = text.partition("\n[columns]\n")[0].splitlines()
    shown = [line[2:] for line in lines if re.match(r"# [a-z0-9_]+ = ", line)]
    assert [line.split(" = ")[0] for line in shown] == list(SETTING_NAMES)
    with_value = [line for line in shown if not line.endswith("(not set)")]
    path.write_text("[settings]\n" + "\n".join(with_value), encoding="utf-8")
    said = read_configuration(path).settings
    assert {name: getattr(said, name) for name in SETTING_NAMES} == {
        name: getattr(Settings(), name) for name in SETTING_NAMES
    }


if __name__ == "__main__":
    before, _, after = between_the_marks(REFERENCE.read_text(encoding="utf-8"))
    REFERENCE.write_text(before + help_blocks() + after, encoding="utf-8")
