"""docs/settings.md lists every setting as the code has it.

Running this file writes it anew (`make docs`).
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

from reportgen.reading.columns import FINE_TUNING
from reportgen.settings.allowed import Unfit
from reportgen.settings.kinds import CellKind
from reportgen.settings.labels import setting_help, setting_label, setting_value
from reportgen.settings.settings import DECLARED, SETTING_NAMES, Settings
from reportgen.writing.starter_text import FIRST_SETTINGS

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
HEAD = """\
# Every setting

A setting stands on the sheet *Business* or *Fine tuning* of your workbook, by its name, or in
`reportgen.toml` under `[settings]`, by its key. The workbook wins over the file. A blank cell, or a line
that is not there, leaves the default. *How it is worked out* in your report lists the values in force and
where each comes from.

Made from the code by `make docs`.
"""
PLAIN_KINDS = {
    CellKind.MONEY: "an amount, 0 or more",
    CellKind.SHARE: "0 % to 100 %",
    CellKind.TIME: "a time of day",
    CellKind.TEXT: "any text",
    CellKind.LIST: "words, with commas between them",
}


def may_be(name: str) -> str:
    """What a setting may be, in words."""
    allowed = DECLARED[name].allowed
    if allowed.kind in (CellKind.DAYS, CellKind.NUMBER):
        least, most = allowed.least, allowed.most
        return f"{least} to {most:,}" if most is not None else f"{least} or more"
    if allowed.kind == CellKind.CHOICE:
        return expected(name).replace(" or ", ", ")
    asked = expected(name) if allowed.kind in (CellKind.TEXT, CellKind.LIST) else ""
    return asked or PLAIN_KINDS[allowed.kind]


def expected(name: str) -> str:
    """What the setting's own check asks for; empty where any text will do."""
    try:
        Settings(**{name: "?"})
    except Unfit as error:
        return error.expected.removeprefix("expected ")
    return ""


def table(names: Iterable[str]) -> str:
    rows = ["| setting | key | default | it may be | meaning |", "|---|---|---|---|---|"]
    for name in names:
        default = setting_value(name, Settings()).replace("(not set)", "")
        cells = (setting_label(name), f"`{name}`", default, may_be(name), setting_help(name))
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def reference() -> str:
    """The whole of docs/settings.md."""
    others = [name for name in SETTING_NAMES if name not in FIRST_SETTINGS]
    return (
        f"{HEAD}\n## On the sheet Business\n\n{table(FIRST_SETTINGS)}\n"
        f"## On the hidden sheet {FINE_TUNING}\n\n{table(others)}"
    )


def test_the_reference_has_every_setting_as_it_is():
    assert REFERENCE.read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("red_line_days", "1 to 3,660"),
        ("mailing_clients", "2 or more"),
        ("lapsed_after_red_lines", "1 to 100"),
        ("gross_margin", "0 % to 100 %"),
        ("hourly_rate", "an amount, 0 or more"),
        ("business_model", "consultancy, service, product, subscription"),
        ("date_order", "DMY, MDY, YMD"),
        ("currency", "a currency code of three letters, for example GBP"),
        ("working_days", "days of the week, for example Mon-Fri or Mon, Tue, Thu"),
        ("opens", "a time of day"),
        ("owner", "any text"),
    ],
)
def test_what_a_setting_may_be(name, words):
    assert may_be(name) == words


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
