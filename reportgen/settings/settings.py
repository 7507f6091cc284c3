"""Every setting of the report by name: its meaning, its default, where its value came from.

One declaration serves the configuration file (``[settings]`` in TOML), the Business sheet (by the
owner's label), the files that ``init`` writes and the Method page. Later layers win:
defaults ← configuration file ← Business sheet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from reportgen.model import BusinessModel
from reportgen.words import plain

CellKind = Literal["text", "choice", "money", "share", "time", "days", "number", "list"]
"""How a setting's cell on the Business sheet is read."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _working_days(value: object) -> object:
    """``Mon-Fri``, ``Mon, Tue, Thu`` or a list of names → the set of weekdays, Monday 0."""
    if isinstance(value, str):
        joined = re.sub(r"\s*(?:-|–|—|\bto\b)\s*", "-", value.strip(), flags=re.IGNORECASE)
        value = [part for part in re.split(r"[,;/&+\s]+|\band\b", joined) if part]
    if not isinstance(value, list | tuple):
        return value
    days: set[int] = set()
    for part in value:
        ends = [_weekday(end) for end in str(part).split("-")]
        days.update((ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1))
    return frozenset(days)


def _weekday(name: str) -> int:
    for number, short in enumerate(WEEKDAYS):
        if plain(name).startswith(short.casefold()):
            return number
    raise ValueError("expected days of the week, for example Mon-Fri or Mon, Tue, Thu")


def _names(value: object) -> object:
    """``Email, Phone`` → ``("Email", "Phone")``."""
    if isinstance(value, str):
        return tuple(part.strip() for part in re.split(r"[,;/]|\bor\b", value) if part.strip())
    return value


def _time_zone(value: object) -> object:
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        raise ValueError("expected a time zone such as Europe/London") from None
    return value


def _currency(value: object) -> object:
    code = str(value).strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError("expected a currency code of three letters, for example GBP")
    return code


def _country(value: object) -> object:
    """The code in capitals.

    Raises: ValueError, when it is no code or no public holidays are known for it.
    """
    from holidays import list_supported_countries  # slow to import, and only where one is set

    code = str(value).strip().upper()
    if len(code) != 2 or code not in list_supported_countries(include_aliases=True):
        raise ValueError(
            "expected the two letters of a country whose public holidays are known, for example GB"
        )
    return code


def _lower(value: object) -> object:
    return value.strip().casefold() if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


Days = Annotated[int, Field(ge=1, le=3660)]
Count = Annotated[int, Field(ge=1, le=1000)]
Minutes = Annotated[int, Field(ge=1, le=1440)]
Weight = Annotated[int, Field(ge=0, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]
Money = Annotated[Decimal, Field(ge=0, le=Decimal(10) ** 12)]


def _setting(default: object, title: str, kind: CellKind, description: str) -> Any:
    return Field(default, title=title, description=description, json_schema_extra={"kind": kind})


class Settings(BaseModel):
    """Every value that the analyses may ask for, typed and within its range."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    business_name: str = _setting("", "Business name", "text", "Stands at the top of every page.")
    owner: str = _setting("", "Owner", "text", "Signs the letters.")
    currency: Annotated[str, BeforeValidator(_currency)] | None = _setting(
        None,
        "Currency",
        "text",
        "Three letters, for example GBP. When not set: the one that the amounts themselves carry.",
    )
    business_model: Annotated[BusinessModel, BeforeValidator(_lower)] = _setting(
        "consultancy",
        "Business model",
        "choice",
        "consultancy, service, product or subscription.",
    )
    hourly_rate: Money | None = _setting(
        None, "Hourly rate", "money", "What an hour of yours costs; without it costs are n/a."
    )
    gross_margin: Share | None = _setting(
        None, "Gross margin", "share", "What is left of a sale after its direct costs, 0–1 or 60 %."
    )
    working_days: Annotated[frozenset[int], BeforeValidator(_working_days)] = _setting(
        frozenset(range(5)), "Working days", "list", "For example Mon-Fri or Mon, Tue, Thu."
    )
    opens: time = _setting(time(9), "Opens", "time", "When your working day begins.")
    closes: time = _setting(time(17), "Closes", "time", "When your working day ends.")
    time_zone: Annotated[str, BeforeValidator(_time_zone)] = _setting(
        "Europe/London", "Time zone", "text", "For today's date when --as-of is not given."
    )
    country: Annotated[str, BeforeValidator(_country)] | None = _setting(
        None, "Country", "text", "Two letters, for its public holidays: GB, IE, US …"
    )
    preferred_channels: Annotated[tuple[str, ...], BeforeValidator(_names)] = _setting(
        (), "Preferred channels", "list", "Where you want clients to reach you: Email, Phone …"
    )
    acquisition_spend_per_month: Money | None = _setting(
        None, "Acquisition spend per month", "money", "Advertising, fairs and the like."
    )
    wow_budget: Money | None = _setting(None, "Wow budget", "money", "For one surprise.")
    date_order: Annotated[Literal["DMY", "MDY", "YMD"], BeforeValidator(_upper)] | None = _setting(
        None,
        "Date order",
        "choice",
        "How dates written as text are read where a column itself does not show it.",
    )

    red_line_days: Days | None = _setting(
        None, "Red line (days)", "days", "The longest silence your clients accept."
    )
    red_line_before_the_sale_days: Days | None = _setting(
        None, "Red line before the sale (days)", "days", "The red line until the first sale."
    )
    red_line_in_collaboration_days: Days | None = _setting(
        None, "Red line in collaboration (days)", "days", "The red line while work is going on."
    )
    red_line_consultancy_days: Days = _setting(
        60, "Red line consultancy (days)", "days", "Our default for projects."
    )
    red_line_service_days: Days = _setting(
        35, "Red line service (days)", "days", "Our default for regular services."
    )
    red_line_product_days: Days = _setting(
        90, "Red line product (days)", "days", "Our default for a shop."
    )
    red_line_subscription_days: Days = _setting(
        31, "Red line subscription (days)", "days", "Our default for subscriptions."
    )
    collaboration_days: Days = _setting(
        30, "Collaboration (days)", "days", "How long work lasts after a sale without From and To."
    )
    lapsed_after_red_lines: Annotated[float, Field(ge=1, le=100)] = _setting(
        4.0, "Lapsed after (red lines)", "number", "Silent for longer than this many red lines."
    )
    overdue_after_gaps: Annotated[float, Field(ge=1, le=100)] = _setting(
        2.0,
        "Overdue after (usual gaps)",
        "number",
        "A client is overdue when the last purchase is further back than this many usual gaps.",
    )
    quiet_after_gaps: Annotated[float, Field(ge=1, le=100)] = _setting(
        3.0,
        "Quiet after (usual gaps)",
        "number",
        "A client is quiet when it is further back than this many.",
    )
    loyalty_purchase_days: Count = _setting(
        4, "Loyalty (purchase days)", "days", "Purchase days needed for loyalty and commitment."
    )
    loyalty_after_days: Days = _setting(
        365,
        "Loyalty after (days)",
        "days",
        "Days since the first purchase for loyalty, commitment.",
    )
    commitment_below_share: Share = _setting(
        0.25, "Commitment below share", "share", "Share of the year below the red line, at most."
    )
    convergence_services: Count = _setting(
        3, "Convergence (services)", "days", "Different services bought, one way to convergence."
    )
    convergence_months: Annotated[int, Field(ge=1, le=12)] = _setting(
        9, "Convergence (months)", "days", "Months of the last 12 with a purchase, another way."
    )
    contacts_before_sale: Count = _setting(
        7, "Contacts before a sale", "days", "Most sales are said to take seven or more."
    )
    top1_warning: Share = _setting(
        0.25, "Top client warning", "share", "Warn when one client brings more of the sales."
    )
    top3_warning: Share = _setting(
        0.50, "Top three warning", "share", "Warn when three clients bring more of the sales."
    )
    understanding_before_days: Days = _setting(
        60,
        "Understanding before the sale (days)",
        "days",
        "How long before the first purchase a discovery, diagnostic, brief or onboarding may stand.",
    )
    understanding_after_days: Days = _setting(
        30,
        "Understanding after the sale (days)",
        "days",
        "How long after the first purchase it may stand.",
    )
    human_connection_touches: Count = _setting(
        4,
        "Human connection (touches)",
        "days",
        "Relationship-building touches in the last 12 months that make the connection complete.",
    )
    complaint_days: Days = _setting(
        14, "Complaint resolved within (days)", "days", "How soon a complaint is to be put right."
    )
    clear_beginning_days: Days = _setting(
        60,
        "Clear beginning (days)",
        "days",
        "How long before a purchase a brief, proposal or agenda may stand.",
    )
    answer_working_days: Annotated[int, Field(ge=1, le=60)] = _setting(
        2, "Answer within (working days)", "days", "How soon a client's message is to be answered."
    )
    high_trust: Annotated[float, Field(ge=1, le=100)] = _setting(
        50.0, "High trust from", "number", "From here on Trust, which runs from 1 to 100, is high."
    )
    good_score: Share = _setting(
        0.9, "Good score from", "share", "From this share of its Out of on, a score is a good one."
    )
    wow_from_days: Days = _setting(
        60,
        "Wow from (days)",
        "days",
        "Days since the last purchase from which on a surprise is not expected.",
    )
    wow_until_days: Days = _setting(
        365, "Wow until (days)", "days", "Days since the last purchase up to which one is worth it."
    )
    wow_again_days: Days = _setting(
        180, "Wow again after (days)", "days", "How long one surprise is enough."
    )
    referral_again_days: Days = _setting(
        180,
        "Referral again after (days)",
        "days",
        "How long after asking for a referral a client is not asked again.",
    )
    testimonial_again_days: Days = _setting(
        180,
        "Testimonial again after (days)",
        "days",
        "How long after asking for a testimonial a client is not asked again.",
    )
    survey_within_days: Days = _setting(
        60,
        "Survey within (days)",
        "days",
        "How long after a purchase, or the end of a piece of work, the short survey may be sent.",
    )
    survey_again_days: Days = _setting(
        180,
        "Survey again after (days)",
        "days",
        "How long after a survey a client is not sent another.",
    )
    greeting_days: Annotated[int, Field(ge=1, le=366)] = _setting(
        31,
        "Greetings ahead (days)",
        "days",
        "How many days ahead birthdays and yearly days of a first purchase are looked for.",
    )
    second_reminder_days: Days = _setting(
        14,
        "Second reminder after (days)",
        "days",
        "An invoice that is late for longer gets the second payment reminder.",
    )
    third_reminder_days: Days = _setting(
        30,
        "Third reminder after (days)",
        "days",
        "An invoice that is late for longer gets the third.",
    )
    boundary_touchpoints: Count = _setting(
        5,
        "Boundary load (touchpoints)",
        "days",
        "Touchpoints in the last 12 months without which the boundary load cannot be told.",
    )
    boundary_watch: Share = _setting(
        0.10, "Boundary load to watch", "share", "From this share of a client's minutes on: watch."
    )
    boundary_act: Share = _setting(
        0.25, "Boundary load to act on", "share", "From this share of a client's minutes on: act."
    )
    smoothing_weeks: Annotated[int, Field(ge=1, le=13)] = _setting(
        4, "Smoothing (weeks)", "days", "Over how many weeks effort is smoothed in the pictures."
    )
    light_touch_minutes: Minutes = _setting(
        5, "Light touch (minutes)", "days", "A short note, to stay above the red line."
    )
    loyalty_ladder_step: Share = _setting(
        0.05, "Loyalty ladder step", "share", "The discount that each purchase adds."
    )
    loyalty_ladder_top_share: Share = _setting(
        0.50,
        "Loyalty ladder top",
        "share",
        "The most discount, given at the ladder's last purchase.",
    )
    loyalty_ladder_top_purchase: Count = _setting(
        10,
        "Loyalty ladder (purchases)",
        "days",
        "The ladder's last purchase; then it starts again.",
    )
    template_saving_share: Share = _setting(
        0.50,
        "Template saving share",
        "share",
        "The part of administration that a letter or tool takes over.",
    )
    promise_minutes: Minutes = _setting(
        15, "Promise (minutes)", "days", "What keeping an open promise takes, for the month's plan."
    )
    daily_action_minutes: Minutes = _setting(
        30, "Minutes a day for actions", "days", "How much of the month's actions one day takes."
    )

    health_connection_weight: Weight = _setting(
        30, "Health weight of connection", "days", "How much of the score is the silence."
    )
    health_rhythm_weight: Weight = _setting(
        20, "Health weight of rhythm", "days", "How much is the client's own rhythm of buying."
    )
    health_trust_weight: Weight = _setting(
        20, "Health weight of trust", "days", "How much is Trust."
    )
    health_sales_weight: Weight = _setting(
        15, "Health weight of sales", "days", "How much is the trend of sales."
    )
    health_promises_weight: Weight = _setting(
        15, "Health weight of promises", "days", "How much are promises and complaints."
    )
    health_healthy: Annotated[float, Field(ge=0, le=100)] = _setting(
        70.0, "Healthy from", "number", "From this score on a relationship is healthy."
    )
    health_watch: Annotated[float, Field(ge=0, le=100)] = _setting(
        40.0, "Watch from", "number", "From this score on it is one to watch, below it is at risk."
    )
    answer_minutes: Minutes = _setting(
        10, "Answer (minutes)", "days", "What answering a message takes, for the month's plan."
    )
    complaint_minutes: Minutes = _setting(
        20, "Complaint (minutes)", "days", "What putting a complaint right takes."
    )
    plan_minutes: Minutes = _setting(
        10, "Plan (minutes)", "days", "What planning the next meeting takes."
    )
    boundary_minutes: Minutes = _setting(
        15, "Boundary talk (minutes)", "days", "What a talk about boundaries takes."
    )

    origins: Mapping[str, str] = Field(default_factory=dict, repr=False)
    """Setting → where its value came from; a setting that has our default has no entry."""

    def layered(self, values: Mapping[str, object], origin: Mapping[str, str]) -> Settings:
        """These settings with some values replaced; ``origin`` says where each of them came from.

        Raises: pydantic.ValidationError, naming each value that cannot be used.
        """
        kept = {name: getattr(self, name) for name in SETTING_NAMES}
        return Settings(**{**kept, **values}, origins={**self.origins, **origin})

    def default_red_line(self, model: BusinessModel) -> int:
        """Our red line for a business model, in days."""
        days: int = getattr(self, f"red_line_{model}_days")
        return days


SETTING_NAMES: tuple[str, ...] = tuple(name for name in Settings.model_fields if name != "origins")


def plain_error(error: ValidationError) -> str:
    """The first thing that pydantic found wrong, as half a sentence: ``expected 1 or more``."""
    first = error.errors()[0]
    words = {
        "greater_than_equal": "expected {ge} or more",
        "less_than_equal": "expected {le} or less",
        "int_parsing": "expected a whole number",
        "int_from_float": "expected a whole number",
        "int_type": "expected a whole number",
        "float_parsing": "expected a number",
        "decimal_parsing": "expected a number",
        "literal_error": "expected {expected}",
        "time_parsing": "expected a time such as 09:00",
    }
    template = words.get(first["type"])
    if template is not None:
        return template.format(**first.get("ctx", {})).replace("'", "")
    return str(first["msg"]).removeprefix("Value error, ")
