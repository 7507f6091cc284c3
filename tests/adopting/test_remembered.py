"""Answers become lines of reportgen.toml, and her own lines stay as they are."""

import tomllib

import pytest

from reportgen.adopting.adopted import Entry
from reportgen.adopting.remembered import with_entries
from reportgen.settings.configuration import read_configuration
from reportgen.writing.scaffold import settings_file

HERS = """\
# My settings
[settings]
# how long they wait
red_line_days = 45   # longer than most

[columns]   # mine
Client = "Kunde"   # as in the old file
"""


def test_a_line_comes_to_the_top_of_its_table_and_the_rest_stays():
    text = with_entries(
        HERS, [Entry("settings", "date_order", "DMY"), Entry("columns", "Amount", "Wie viel?")]
    )
    assert text == HERS.replace("[settings]\n", '[settings]\ndate_order = "DMY"\n').replace(
        "# mine\n", '# mine\nAmount = ["Wie viel?"]\n'
    )


def test_a_second_word_for_a_column_stands_beside_the_first():
    text = with_entries(HERS, [Entry("columns", "Client", "Firma")])
    assert tomllib.loads(text)["columns"] == {"Client": ["Kunde", "Firma"]}
    assert text.startswith(HERS[: HERS.index("Client =")])


def test_a_word_that_stood_elsewhere_moves():
    text = with_entries(HERS, [Entry("columns", "nothing", "KUNDE")])
    assert tomllib.loads(text)["columns"] == {"nothing": ["KUNDE"]}


def test_the_last_answer_counts():
    entries = [Entry("settings", "date_order", "DMY"), Entry("settings", "date_order", "MDY")]
    assert tomllib.loads(with_entries("", entries)) == {"settings": {"date_order": "MDY"}}


@pytest.mark.parametrize("word", ['"', "\\", "a\nb", "é€", "= [x]", "'", "\x7f\x01"])
def test_any_word_can_be_written(word):
    text = with_entries(HERS, [Entry("words", "happened", word), Entry("sheets", "nothing", word)])
    told = tomllib.loads(text)
    assert told["words"] == {"happened": [word]}
    assert told["sheets"] == {"nothing": [word]}


def test_no_answer_changes_nothing():
    assert with_entries(HERS, []) == HERS


def test_the_file_that_init_writes_takes_answers(tmp_path):
    secret = "0123456789abcdef0123"
    text = with_entries(
        settings_file(secret),
        [Entry("settings", "date_order", "DMY"), Entry("words", "open", "Maybe")],
    )
    assert len(text.splitlines()) == len(settings_file(secret).splitlines()) + 2
    path = tmp_path / "reportgen.toml"
    path.write_text(text, encoding="utf-8")
    configuration = read_configuration(path)
    assert configuration.settings.date_order == "DMY"
    assert configuration.words == {"maybe": "open"}
    assert configuration.secret == secret
