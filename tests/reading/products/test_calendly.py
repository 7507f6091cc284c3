"""Calendly: what was booked, held and not cancelled."""

from exports_of_crms import written

from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS


def held(book):
    return [
        (one.client, str(one.date), str(one.start), one.minutes, one.topic, one.activity.name)
        for one in book.touchpoints
    ]


def test_events(tmp_path):
    """One is cancelled, one had nobody there; times are hers, whatever zone stands behind."""
    folder = written(tmp_path, "Calendly")
    book = read(folder / "events-export.csv", DEFAULTS)[0]
    assert held(book) == [
        ("Pam Vale", "2026-02-03", "10:00:00", 30, "30 Minute Meeting", "Meeting"),
        ("Pam Vale", "2026-12-06", "10:00:00", 30, "Intro", "Meeting"),
        ("Quin West", "2026-02-04", "23:30:00", 45, "Intro", "Meeting"),
    ]
    assert list(book.sales) == []
    assert book.problems == ()
    assert any(
        "2 rows on Calendly events marked “cancelled”, “no-show” do not count" in said
        for said in book.remarks
    )


def test_who_was_invited_is_told_by_the_address(tmp_path):
    """In Outlook Pam is Vale Vets, by a second address; the answers to questions are read nowhere."""
    folder = written(tmp_path, "Calendly")
    (folder / "contacts.csv").write_text(
        "First Name,Last Name,Company,E-mail Address,E-mail 2 Address,Business Phone\n"
        "Pamela,Vale,Vale Vets,office@vale.example,pam@vale.example,\n"
    )
    book = read(folder, DEFAULTS)[0]
    assert [one[0] for one in held(book)] == ["Quin West", "Vale Vets", "Vale Vets"]
    assert not any("knee" in str(one) for one in book.relationships)
