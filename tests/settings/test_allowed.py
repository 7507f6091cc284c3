"""What owners write for a setting becomes a value in its range, or a sentence says why not."""

from datetime import time
from decimal import Decimal

import pytest

from reportgen.model import BusinessModel
from reportgen.settings.allowed import Unfit
from reportgen.settings.kinds import DateOrder
from reportgen.settings.settings import DECLARED, DEFAULTS, Settings


@pytest.mark.parametrize(
    ("name", "wrote", "value"),
    [
        ("red_line_days", 45, 45),
        ("red_line_days", 45.0, 45),
        ("red_line_days", " 45 ", 45),
        ("red_line_days", 3660, 3660),
        ("lapsed_after_red_lines", 3, 3.0),
        ("lapsed_after_red_lines", "2.5", 2.5),
        ("gross_margin", 1, 1.0),
        ("hourly_rate", 55.1, Decimal("55.1")),
        ("hourly_rate", "55.10", Decimal("55.10")),
        ("opens", "08:30", time(8, 30)),
        ("opens", time(8, 30), time(8, 30)),
        ("business_model", " Product ", BusinessModel.PRODUCT),
        ("date_order", "dmy", DateOrder.DMY),
        ("working_days", "Mon-Wed, Sat", frozenset({0, 1, 2, 5})),
        ("working_days", ["Tue"], frozenset({1})),
        ("preferred_channels", "Email, Phone", ("Email", "Phone")),
        ("preferred_channels", ["Email"], ("Email",)),
        ("currency", "gbp ", "GBP"),
        ("country", "gb", "GB"),
        ("time_zone", "Asia/Tokyo", "Asia/Tokyo"),
        ("owner", " Ivy ", " Ivy "),
    ],
)
def test_what_is_made_of_what_an_owner_writes(name, wrote, value):
    made = getattr(Settings(**{name: wrote}), name)
    assert (made, type(made)) == (value, type(value))


WHOLE, NUMBER, CLOCK = "a whole number", "a number", "a time such as 09:00"
DAYS = "days of the week, for example Mon-Fri or Mon, Tue, Thu"
NO_ZONE = "a time zone such as Europe/London"


@pytest.mark.parametrize(
    ("name", "wrote", "expected"),
    [
        ("red_line_days", 0, "1 or more"),
        ("red_line_days", 3661, "3660 or less"),
        ("red_line_days", 4.5, WHOLE),
        ("red_line_days", "soon", WHOLE),
        ("red_line_days", True, WHOLE),
        ("red_line_days", float("nan"), WHOLE),
        ("red_line_days", "1e999999999", WHOLE),
        pytest.param("red_line_days", 10**5000, WHOLE, id="a number of 5,000 digits"),
        ("red_line_days", [45], WHOLE),
        ("lapsed_after_red_lines", 0.9, "1 or more"),
        ("gross_margin", 1.01, "1 or less"),
        ("gross_margin", "30 %", NUMBER),
        ("gross_margin", float("inf"), NUMBER),
        ("hourly_rate", -0.01, "0 or more"),
        ("hourly_rate", 10**12 + 1, "1000000000000 or less"),
        ("hourly_rate", {}, NUMBER),
        ("opens", 9, CLOCK),
        ("opens", "25:00", CLOCK),
        ("opens", "09:00+01:00", CLOCK),
        ("business_model", "shop", "consultancy, service, product or subscription"),
        ("date_order", 3, "DMY, MDY or YMD"),
        ("working_days", 5, DAYS),
        ("working_days", "Mon, Funday", DAYS),
        ("preferred_channels", 5, "words, with commas between them"),
        ("preferred_channels", [5], "words, with commas between them"),
        ("time_zone", "Mars/Phobos", NO_ZONE),
        ("owner", 5, "a text, in quotes"),
    ],
)
def test_what_cannot_be_used_says_what_was_expected(name, wrote, expected):
    with pytest.raises(Unfit, match=f"^expected {expected}$") as caught:
        Settings(**{name: wrote})
    assert (caught.value.name, caught.value.value is wrote) == (name, True)


@pytest.mark.parametrize("name", DECLARED)
def test_our_own_defaults_could_be_written(name):
    default = DEFAULTS[name]
    if default is not None:
        assert DECLARED[name].allowed.value(default) == default


def test_of_several_that_cannot_be_used_the_first_of_the_list_is_named():
    with pytest.raises(Unfit) as caught:
        Settings().layered({"plan_clients": 0, "hourly_rate": "?", "closes": 5}, {})
    assert caught.value.name == "hourly_rate"


def test_a_later_layer_keeps_what_it_does_not_say():
    first = Settings().layered({"owner": "Ivy", "red_line_days": 30}, {"owner": "a file"})
    then = first.layered({"red_line_days": 20}, {"red_line_days": "a sheet"})
    assert (then.owner, then.red_line_days) == ("Ivy", 20)
    assert then.origins == {"owner": "a file", "red_line_days": "a sheet"}
    assert first.red_line_days == 30
