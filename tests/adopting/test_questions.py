"""Each question, what its answers make of the file, and that nothing is asked which is certain."""

import tomllib
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from reportgen.adopting.adopt import adopt
from reportgen.adopting.adopted import Wanted
from reportgen.adopting.questions import _OF_CELLS, _OF_TABLES
from reportgen.problems import Doubt, ReportError
from reportgen.reading.book import read
from reportgen.settings.configuration import configuration_of


class Asked:
    """A file, and what is asked about it."""

    def __init__(self, folder, files):
        self.folder = folder
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        paths = tuple(folder / name for name in files)
        self.wanted = Wanted(paths, folder / "reportgen.toml")
        self.questions = self.walked()[0].questions

    def walked(self):
        return adopt(self.wanted)

    def answered(self, number, question=0):
        """The records once the owner has taken the answer of that number, and the first of all others."""
        wanted, questions = self.wanted, self.questions
        entries = questions[question].replies[number - 1].entries
        while True:
            wanted = replace(wanted, answers=(*wanted.answers, *entries))
            adopted, _, workbook = adopt(wanted)
            if not adopted.questions:
                break
            entries = adopted.questions[0].replies[0].entries
        self.config = adopted.config
        (self.folder / "out.xlsx").write_bytes(workbook)
        configuration = configuration_of(adopted.config, self.folder / "reportgen.toml")
        self.after = read(self.folder / "out.xlsx", configuration)[0]
        self.straight = (
            read(self.wanted.files[0], configuration)[0] if len(self.wanted.files) == 1 else None
        )
        return self.after


@pytest.fixture
def ask(tmp_path):
    def asked(text=None, **files):
        named = {f"{name}.csv": one for name, one in files.items()}
        return Asked(tmp_path, named or {"file.csv": text})

    return asked


def only(asked):
    assert len(asked.questions) == 1
    return asked.questions[0]


def says(question):
    return [reply.says for reply in question.replies]


def test_every_doubt_of_reading_is_a_question():
    assert _OF_TABLES.keys() | _OF_CELLS.keys() == set(Doubt)


# Which column ------------------------------------------------------------------------------------
def test_which_column_is_the_amount(ask):
    asked = ask("Date,Client,Thing,Wert X\n2026-01-05,Acme,a,12.50\n2026-02-05,Acme,b,99.00\n")
    question = only(asked)
    assert question.asks == "Which column of file.csv is the amount of a sale?"
    assert says(question) == ["“Wert X”", "none of them: the rows are contacts, not sales"]
    assert question.shows == ("“Wert X”: “12.50”, “99.00”",)
    assert [sale.amount for sale in asked.answered(1).sales] == [Decimal("12.5"), Decimal(99)]
    assert tomllib.loads(asked.config) == {"columns": {"Amount": ["Wert X"]}}
    assert [sale.amount for sale in asked.straight.sales] == [Decimal("12.50"), Decimal("99.00")]


def test_none_of_the_columns_is_the_amount(ask):
    asked = ask("Date,Client,Thing,Wert X\n2026-01-05,Acme,a,12.50\n2026-02-05,Acme,b,99.00\n")
    after = asked.answered(2)
    assert not list(after.sales)
    assert [touch.date for touch in after.touchpoints] == [date(2026, 1, 5), date(2026, 2, 5)]
    assert len(list(asked.straight.touchpoints)) == 2


def test_headers_that_nobody_knows_are_asked_for_one_by_one(ask):
    asked = ask("Kiam,Kiu,Kiom\n03/04/2026,Acme,12.50\n13/04/2026,Birch,99.00\n")
    assert [one.asks for one in asked.questions] == [
        "Which column of file.csv is the day?",
        "Which column of file.csv says who it was with?",
        "Which column of file.csv is the amount of a sale?",
    ]
    sales = list(asked.answered(1).sales)
    assert [(one.date, one.client, one.amount) for one in sales] == [
        (date(2026, 4, 3), "Acme", Decimal("12.5")),
        (date(2026, 4, 13), "Birch", Decimal(99)),
    ]


def test_a_table_of_other_things_beside_one_that_is_read_is_not_asked_about(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = "Sales"
    for row in (["Date", "Client", "Amount"], ["2026-01-05", "Acme", 5]):
        page.append(row)
    page = book.create_sheet("Geraete")
    for row in (["gekauft", "was", "wert"], ["2026-01-05", "Bohrer", 50.5]):
        page.append(row)
    book.save(tmp_path / "book.xlsx")
    adopted, _, workbook = adopt(Wanted((tmp_path / "book.xlsx",), tmp_path / "reportgen.toml"))
    assert adopted.questions == ()
    assert workbook is not None
    assert "Left out: sheet “Geraete”." in adopted.found


# Days --------------------------------------------------------------------------------------------
def test_whether_the_day_or_the_month_comes_first(ask):
    asked = ask("Date,Client,Activity\n03/04/2026,Acme,Call\n05/06/2026,Acme,Call\n")
    question = only(asked)
    assert question.asks == "Which day is 03/04/2026 in “Date” of file.csv?"
    assert says(question) == ["3 April 2026 (day first)", "4 March 2026 (month first)"]
    days = [touch.date for touch in asked.answered(2).touchpoints]
    assert days == [date(2026, 3, 4), date(2026, 5, 6)]
    assert tomllib.loads(asked.config) == {"settings": {"date_order": "MDY"}}


def test_a_file_in_dollars_has_the_month_first_unless_another_column_shows_otherwise(ask):
    dollars = ask("Date,Client,Amount\n03/04/2026,Acme,US$12\n")
    assert says(only(dollars))[0] == "4 March 2026 (month first)"
    shown = ask("Date,Client,Amount,Due on\n03/04/2026,Acme,US$12,30/04/2026\n")
    assert says(only(shown))[0] == "3 April 2026 (day first)"


def test_one_day_that_can_be_read_one_way_only_answers_for_its_column(ask):
    asked = ask("Date,Client,Activity\n03/04/2026,Acme,Call\n13/04/2026,Acme,Call\n")
    assert asked.questions == ()


# Times -------------------------------------------------------------------------------------------
def test_whether_times_are_of_day_or_spent(ask):
    text = "Date,Client,Activity,Time\n2026-01-05,Acme,Call,1:30\n2026-01-06,Acme,Call,8:00\n"
    asked = ask(text)
    question = only(asked)
    assert question.asks == "What does “Time” of file.csv say?"
    assert says(question) == ["the time of day when it began", "how long it took"]
    first = next(iter(asked.answered(1).touchpoints))
    assert (first.start, first.minutes) == (time(1, 30), 0)
    first = next(iter(asked.answered(2).touchpoints))
    assert (first.start, first.minutes) == (None, 90)
    assert next(iter(asked.straight.touchpoints)).minutes == 90


def test_whether_numbers_are_hours_or_minutes(ask):
    asked = ask("Date,Client,Activity,Duration\n2026-01-05,Acme,Call,2\n2026-01-06,Acme,Call,3\n")
    question = only(asked)
    assert question.asks == "What is 2 in “Duration” of file.csv?"
    assert says(question) == ["2 h", "2 min"]
    assert [touch.minutes for touch in asked.answered(1).touchpoints] == [120, 180]
    assert [touch.minutes for touch in asked.answered(2).touchpoints] == [2, 3]
    assert [touch.minutes for touch in asked.straight.touchpoints] == [2, 3]


# People ------------------------------------------------------------------------------------------
def test_whether_a_few_names_are_clients_or_those_who_worked(ask):
    text = (
        "Date,Name,Hours,Work for\n2026-01-05,Ann (me),3,Alder Ltd\n2026-01-06,Ben,2,Birch Ltd\n"
        "2026-01-07,Ann (me),4,Birch Ltd\n"
    )
    asked = ask(text)
    question = only(asked)
    assert "“Name” of file.csv: your clients, or you and who works with you?" in question.asks
    assert question.shows == ("“Ann (me)”, “Ben”",)
    assert sorted(one.client for one in asked.answered(1).touchpoints) == ["Ann (me)"] * 2 + ["Ben"]
    named = sorted(one.client for one in asked.answered(2).touchpoints)
    assert named == ["Alder Ltd", "Birch Ltd", "Birch Ltd"]
    assert tomllib.loads(asked.config)["columns"] == {"nothing": ["Name"], "Client": ["Work for"]}


def test_names_beside_a_project_or_of_many_people_are_certain(ask):
    beside = ask("Date,Name,Project,Hours\n2026-01-05,Ann (me),Alder rebrand,3\n")
    assert beside.questions == ()
    many = "".join(f"2026-01-05,Client {n},1\n" for n in range(5))
    assert ask(f"Date,Name,Hours\n{many}{many}{many}").questions == ()


# Rows --------------------------------------------------------------------------------------------
STATUSES = (
    "Date,Client,Amount,Status\n2026-01-05,Acme,100,Paid\n2026-01-06,Birch,50,Glorped\n"
    "2026-01-07,Birch,70,Glorped\n"
)


def test_what_an_unknown_status_means(ask):
    asked = ask(STATUSES)
    question = only(asked)
    assert question.asks == "What does “Glorped” in “Status” of file.csv say of a row? (2 rows)"
    amounts = {
        number: sorted(sale.amount for sale in asked.answered(number).sales)
        for number in range(1, 6)
    }
    assert amounts == {1: [50, 70, 100], 2: [50, 70, 100], 3: [100], 4: [-70, -50, 100], 5: [100]}
    asked.answered(2)
    assert [sale.tentative for sale in asked.after.sales] == [False, True, True]
    assert tomllib.loads(asked.config) == {"words": {"open": ["Glorped"]}}
    assert sorted(sale.amount for sale in asked.straight.sales) == [50, 70, 100]


def test_whether_hours_with_amounts_were_charged(ask):
    asked = ask(
        "Date,Client,Description,Duration,Amount (EUR)\n2026-01-05,Acme,Call,01:30:00,90.00\n"
        "2026-01-06,Acme,Design,02:00:00,120.00\n"
    )
    question = only(asked)
    assert question.asks == "Did you invoice what stands in “Amount (EUR)” of file.csv?"
    after = asked.answered(1)
    assert [touch.minutes for touch in after.touchpoints] == [90, 120]
    assert not list(after.sales)
    after = asked.answered(2)
    assert [touch.minutes for touch in after.touchpoints] == [90, 120]
    assert [sale.amount for sale in after.sales] == [90, 120]


def test_whether_numbers_beside_a_price_are_a_quantity(ask):
    asked = ask("Date,Customer,Price,Boxes\n2026-01-05,Acme,18,10\n2026-02-09,Birch,5,4\n")
    question = only(asked)
    assert question.asks == "Does “Boxes” of file.csv say how many were sold at that price?"
    assert sorted(sale.amount for sale in asked.answered(1).sales) == [20, 180]
    assert sorted(sale.amount for sale in asked.answered(2).sales) == [5, 18]


def test_whether_days_and_names_are_contacts(ask):
    asked = ask(
        sales="Date,Client,Amount\n2026-01-05,Acme,10\n", extra="Date,Client\n2026-02-05,Acme\n"
    )
    question = only(asked)
    assert question.asks == "Are the rows of “extra” contacts with clients?"
    assert [touch.date for touch in asked.answered(1).touchpoints] == [date(2026, 2, 5)]
    assert not list(asked.answered(2).touchpoints)


# The lines that answers become --------------------------------------------------------------------
def test_a_meaning_that_there_is_not_is_named(tmp_path):
    with pytest.raises(
        ReportError, match=r"has glorped in \[words\]; what a status may say is happened"
    ):
        configuration_of('[words]\nglorped = ["Paid"]', tmp_path / "reportgen.toml")


def test_meanings_are_those_that_reading_knows():
    from reportgen.reading.vocabulary import Happened
    from reportgen.settings.configuration import MEANINGS

    assert set(MEANINGS) == {str(one) for one in Happened}
