"""The exports of every product taken into a workbook, twice: the second time changes nothing."""

import json

import exports_of_crms
import exports_of_money
import pytest
from program import reportgen

VCARD = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\nN:Lee;Ann;;;\r\nORG:Lee Yoga\r\n"
    b"EMAIL:ann@lee.example\r\nUID:card-1\r\nEND:VCARD\r\n"
)
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nX-WR-TIMEZONE:Europe/London\r\n"
    b"BEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20260620T120000Z\r\nDTSTART:20260601T090000Z\r\n"
    b"DTEND:20260601T100000Z\r\nORGANIZER:mailto:me@studio.example\r\n"
    b"ATTENDEE;CN=Ann Lee:mailto:ann@lee.example\r\nSUMMARY:Kitchen\r\n"
    b"RRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
FOLDERS = {
    **exports_of_crms.EXPORTS,
    **{
        f"{one.product}, {one.name}": {one.file: one.text.encode(one.encoding)}
        for one in exports_of_money.EXPORTS
    },
    "vCard and iCalendar": {"people.vcf": VCARD, "diary.ics": CALENDAR},
}
"""Product → file → bytes."""
NAMED = {"Stripe in cents, Stripe charges in whole numbers": ("--as", "Stripe in cents")}
"""Where two products could have made the file, which one did."""


def told(book, folder, *named):
    done = reportgen("analyse", book, *named, "--as-of", "2026-06-30", cwd=folder)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    fields = ("name", "minutes", "sales_now", "sales_before", "last_contact")
    return {
        "clients": [{field: one[field] for field in fields} for one in found["clients"]],
        "counts": {one: found["counts"][one] for one in ("touchpoints", "sales", "planned")},
    }


@pytest.mark.parametrize("product", FOLDERS)
def test_the_same_exports_again_change_nothing_and_the_report_is_that_of_the_files(
    tmp_path, product
):
    exports = tmp_path / "exports"
    exports.mkdir()
    for name, content in FOLDERS[product].items():
        (exports / name).write_bytes(content)
    named = NAMED.get(product, ())
    first = reportgen("adopt", exports, *named, "--yes", "-o", "clients.xlsx", cwd=tmp_path)
    assert first.returncode == 0, first.stdout + first.stderr
    written = (tmp_path / "clients.xlsx").read_bytes()
    again = reportgen("adopt", exports, *named, "--yes", "--into", "clients.xlsx", cwd=tmp_path)
    assert again.returncode == 0, again.stdout + again.stderr
    assert (tmp_path / "clients.xlsx").read_bytes() == written
    settings = tmp_path / "reportgen.toml"
    if not settings.exists():  # nothing had to be asked
        assert told("clients.xlsx", tmp_path) == told("exports", tmp_path, *named)
