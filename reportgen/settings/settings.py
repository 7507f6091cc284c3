"""Every setting of the report by name: its meaning, its default, where its value came from.

One declaration serves the configuration file (``[settings]`` in TOML), the Business sheet (by the
owner's label), the files that ``init`` writes and the Method page. Later layers win:
defaults ← configuration file ← Business sheet.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from typing import Any

from reportgen.model import BusinessModel
from reportgen.settings import without_model
from reportgen.settings.allowed import (
    BUSINESS_MODEL,
    COUNT,
    COUNTRY,
    CURRENCY,
    DATE_ORDER,
    DAYS,
    DECLARED_AS,
    MINUTES,
    MONEY,
    NAMES,
    SHARE,
    TEXT,
    TIME,
    TIME_ZONE,
    WEIGHT,
    WORKING_DAYS,
    Declared,
    Unfit,
    number,
    setting,
    whole,
)
from reportgen.settings.kinds import DateOrder
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Every value that the analyses may ask for, typed and within its range.

    Made of what owners write. Raises: Unfit, for the first value that cannot be used.
    """

    business_name: str = setting("", "Business name", TEXT, "Stands at the top of every page.")
    owner: str = setting("", "Owner", TEXT, "Your name, as you sign your letters.")
    currency: str | None = setting(
        None,
        "Currency",
        CURRENCY,
        "Three letters, for example GBP; £ or € will do. Blank: the one that your amounts carry.",
    )
    business_model: BusinessModel | None = setting(
        None,
        "Business model",
        BUSINESS_MODEL,
        "consultancy: projects. service: regular work. product: a shop. subscription: a box, a membership.",
    )
    hourly_rate: Decimal | None = setting(
        None,
        "Hourly rate",
        MONEY,
        "What an hour of your time is worth, to say what your time cost.",
    )
    gross_margin: float | None = setting(
        None,
        "Gross margin",
        SHARE,
        "What is left of a sale once the goods in it are paid, for example 60 %.",
    )
    working_days: frozenset[int] = setting(
        frozenset(range(5)), "Working days", WORKING_DAYS, "For example Mon-Fri or Mon, Tue, Thu."
    )
    opens: time = setting(time(9), "Opens", TIME, "When your working day begins.")
    closes: time = setting(time(17), "Closes", TIME, "When your working day ends.")
    time_zone: str = setting(
        "Europe/London", "Time zone", TIME_ZONE, "Where you are, to know which day it is."
    )
    country: str | None = setting(None, "Country", COUNTRY, "For its public holidays: GB, IE, US …")
    preferred_channels: tuple[str, ...] = setting(
        (), "Preferred channels", NAMES, "Where you want clients to reach you: Email, Phone …"
    )
    acquisition_spend_per_month: Decimal | None = setting(
        None,
        "Acquisition spend per month",
        MONEY,
        "What a month of advertising, fairs and the like costs.",
    )
    wow_budget: Decimal | None = setting(None, "Wow budget", MONEY, "What one surprise may cost.")
    date_order: DateOrder | None = setting(
        None,
        "Date order",
        DATE_ORDER,
        "What 03/04 means where nothing else shows it. DMY: 3 April. MDY: March 4.",
    )

    red_line_days: int | None = setting(
        None,
        "Red line (days)",
        DAYS,
        "The longest silence your clients accept. Blank: what suits your business model.",
    )
    red_line_before_the_sale_days: int | None = setting(
        None, "Red line before the sale (days)", DAYS, "The red line until the first sale."
    )
    red_line_in_collaboration_days: int | None = setting(
        None, "Red line in collaboration (days)", DAYS, "The red line while work is going on."
    )
    red_line_consultancy_days: int = setting(
        60, "Red line consultancy (days)", DAYS, "Our default for projects."
    )
    red_line_service_days: int = setting(
        35, "Red line service (days)", DAYS, "Our default for regular services."
    )
    red_line_product_days: int = setting(
        90, "Red line product (days)", DAYS, "Our default for a shop."
    )
    red_line_subscription_days: int = setting(
        31, "Red line subscription (days)", DAYS, "Our default for subscriptions."
    )
    collaboration_days: int = setting(
        30, "Collaboration (days)", DAYS, "How long work lasts after a sale without From and To."
    )
    lapsed_after_red_lines: float = setting(
        4.0,
        "Lapsed after (red lines)",
        number(1, 100),
        "Silent for longer than this many red lines.",
    )
    overdue_after_gaps: float = setting(
        2.0,
        "Overdue after (usual gaps)",
        number(1, 100),
        "A client is overdue when the last purchase is further back than this many usual gaps.",
    )
    quiet_after_gaps: float = setting(
        3.0,
        "Quiet after (usual gaps)",
        number(1, 100),
        "A client is quiet when it is further back than this many.",
    )
    loyal_from_consultancy: int = setting(
        3, "Loyal from consultancy (projects)", COUNT, "Projects needed for loyalty and commitment."
    )
    loyal_from_service: int = setting(
        12,
        "Loyal from service (paid months)",
        COUNT,
        "Paid months needed for loyalty and commitment.",
    )
    loyal_from_product: int = setting(
        4,
        "Loyal from product (purchase days)",
        COUNT,
        "Purchase days needed for loyalty and commitment.",
    )
    loyal_from_subscription: int = setting(
        12,
        "Loyal from subscription (paid months)",
        COUNT,
        "Paid months needed for loyalty and commitment.",
    )
    loyalty_after_days: int = setting(
        365, "Loyalty after (days)", DAYS, "Days since the first purchase for loyalty, commitment."
    )
    commitment_below_share: float = setting(
        0.25, "Commitment below share", SHARE, "Share of the year below the red line, at most."
    )
    convergence_services: int = setting(
        3, "Convergence (services)", COUNT, "Different services bought, one way to convergence."
    )
    convergence_months: int = setting(
        9,
        "Convergence (months)",
        whole(1, 12),
        "Months of the last 12 with a purchase, another way.",
    )
    contacts_before_sale: int = setting(
        7, "Contacts before a sale", COUNT, "Most sales are said to take seven or more."
    )
    top1_warning: float = setting(
        0.25, "Top client warning", SHARE, "Warn when one client brings more of the sales."
    )
    top3_warning: float = setting(
        0.50, "Top three warning", SHARE, "Warn when three clients bring more of the sales."
    )
    understanding_before_days: int = setting(
        60,
        "Understanding before the sale (days)",
        DAYS,
        "How long before the first purchase a discovery, diagnostic, brief or onboarding may stand.",
    )
    understanding_after_days: int = setting(
        30,
        "Understanding after the sale (days)",
        DAYS,
        "How long after the first purchase it may stand.",
    )
    human_connection_consultancy_touches: int = setting(
        4,
        "Human connection consultancy (touches)",
        COUNT,
        "So many relationship-building touches in 12 months make the connection complete, for projects.",
    )
    human_connection_service_touches: int = setting(
        4, "Human connection service (touches)", COUNT, "The same for regular services."
    )
    human_connection_product_touches: int = setting(
        1, "Human connection product (touches)", COUNT, "The same for a shop."
    )
    human_connection_subscription_touches: int = setting(
        1, "Human connection subscription (touches)", COUNT, "The same for subscriptions."
    )
    complaint_days: int = setting(
        14, "Complaint resolved within (days)", DAYS, "How soon a complaint is to be put right."
    )
    clear_beginning_days: int = setting(
        60,
        "Clear beginning (days)",
        DAYS,
        "How long before a purchase a brief, proposal or agenda may stand.",
    )
    onboarding_days: int = setting(
        30,
        "Onboarding within (days)",
        DAYS,
        "How far from the first payment of a service or a subscription the onboarding may be.",
    )
    answer_working_days: int = setting(
        2,
        "Answer within (working days)",
        whole(1, 60),
        "How soon a client's message is to be answered.",
    )
    conversation_days: int = setting(
        7,
        "Conversation (days)",
        DAYS,
        "A contact after a longer break than this begins a new conversation.",
    )
    high_trust: float = setting(
        70.0,
        "High trust from",
        number(0, 100),
        "From here on trust, which runs from 0 to 100 on the pages, is high.",
    )
    good_score: float = setting(
        0.9, "Good score from", SHARE, "From this share of its Out of on, a score is a good one."
    )
    wow_from_days: int = setting(
        60,
        "Wow from (days)",
        DAYS,
        "Days since the last purchase from which on a surprise is not expected.",
    )
    wow_until_days: int = setting(
        365, "Wow until (days)", DAYS, "Days since the last purchase up to which one is worth it."
    )
    wow_again_days: int = setting(
        180, "Wow again after (days)", DAYS, "How long one surprise is enough."
    )
    referral_again_days: int = setting(
        180,
        "Referral again after (days)",
        DAYS,
        "How long after asking for a referral a client is not asked again.",
    )
    testimonial_again_days: int = setting(
        180,
        "Testimonial again after (days)",
        DAYS,
        "How long after asking for a testimonial a client is not asked again.",
    )
    survey_within_days: int = setting(
        60,
        "Survey within (days)",
        DAYS,
        "How long after a purchase, or the end of a piece of work, the short survey may be sent.",
    )
    survey_again_days: int = setting(
        180, "Survey again after (days)", DAYS, "How long one survey is enough."
    )
    greeting_days: int = setting(
        31,
        "Greetings ahead (days)",
        whole(1, 366),
        "How many days ahead birthdays and yearly days of a first purchase are looked for.",
    )
    second_reminder_days: int = setting(
        14,
        "Second reminder after (days)",
        DAYS,
        "An invoice that is late for longer gets the second payment reminder.",
    )
    third_reminder_days: int = setting(
        30,
        "Third reminder after (days)",
        DAYS,
        "An invoice that is late for longer gets the third.",
    )
    boundary_touchpoints: int = setting(
        5,
        "Boundary load (touchpoints)",
        COUNT,
        "Touchpoints in the last 12 months without which the boundary load cannot be told.",
    )
    boundary_crossings: int = setting(
        3,
        "Boundary load (crossings)",
        COUNT,
        "Crossings in the last 12 months without which no load is one to watch or to act on.",
    )
    boundary_watch: float = setting(
        0.10, "Boundary load to watch", SHARE, "From this share of a client's minutes on: watch."
    )
    boundary_act: float = setting(
        0.25, "Boundary load to act on", SHARE, "From this share of a client's minutes on: act."
    )
    first_weeks_days: int = setting(
        42,
        "First weeks (days)",
        whole(7, 365),
        "How long a client is new: what you do in these days is held against who stays or comes back.",
    )
    smoothing_weeks: int = setting(
        4,
        "Smoothing (weeks)",
        whole(1, 13),
        "Over how many weeks effort is smoothed in the pictures.",
    )
    light_touch_minutes: int = setting(
        5, "Light touch (minutes)", MINUTES, "A short note, to stay above the red line."
    )
    mailing_minutes: int = setting(
        30, "Mailing (minutes)", MINUTES, "One letter to many clients of a shop."
    )
    mailing_reach_days: int = setting(
        14,
        "Mailing reach (days)",
        DAYS,
        "A mailing serves everyone whose touch falls within this many days of it.",
    )
    loyalty_ladder_step: float = setting(
        0.05, "Loyalty ladder step", SHARE, "The discount that each purchase adds."
    )
    loyalty_ladder_top_share: float = setting(
        0.50, "Loyalty ladder top", SHARE, "The most discount, given at the ladder's last purchase."
    )
    loyalty_ladder_top_purchase: int = setting(
        10, "Loyalty ladder (purchases)", COUNT, "The ladder's last purchase; then it starts again."
    )
    template_saving_share: float = setting(
        0.50,
        "Template saving share",
        SHARE,
        "The part of administration that a letter or tool takes over.",
    )
    promise_minutes: int = setting(
        15, "Promise (minutes)", MINUTES, "What keeping a promise takes."
    )
    relationship_minutes_per_week: int = setting(
        60,
        "Time for relationships per week",
        MINUTES,
        "In minutes: the month's plan takes no more of your time.",
    )
    plan_clients: int = setting(
        10, "Clients in the plan", COUNT, "The month's plan has no more of them."
    )
    stale_days: int = setting(
        90,
        "Done, or sorry? after (days)",
        DAYS,
        "A promise, message or complaint that is older is no longer apologised for: was it done?",
    )
    mailing_clients: int = setting(
        5,
        "Mailing from (clients)",
        whole(2),
        "From so many clients of a shop or a subscription on, one letter is one mailing.",
    )

    health_connection_weight: int = setting(
        30, "Health weight of connection", WEIGHT, "How much of the score is the silence."
    )
    health_rhythm_weight: int = setting(
        20, "Health weight of rhythm", WEIGHT, "How much is the client's own rhythm of buying."
    )
    health_trust_weight: int = setting(20, "Health weight of trust", WEIGHT, "How much is Trust.")
    health_sales_weight: int = setting(
        15, "Health weight of sales", WEIGHT, "How much is the trend of sales."
    )
    health_promises_weight: int = setting(
        15, "Health weight of promises", WEIGHT, "How much are promises and complaints."
    )
    health_healthy: float = setting(
        70.0, "Healthy from", number(0, 100), "From this score on a relationship is healthy."
    )
    health_watch: float = setting(
        40.0,
        "Watch from",
        number(0, 100),
        "From this score on it is one to watch, below it is at risk.",
    )
    answer_minutes: int = setting(
        10, "Answer (minutes)", MINUTES, "What answering a message takes."
    )
    complaint_minutes: int = setting(
        20, "Complaint (minutes)", MINUTES, "What putting a complaint right takes."
    )
    plan_minutes: int = setting(
        10, "Plan (minutes)", MINUTES, "What planning the next meeting takes."
    )
    boundary_minutes: int = setting(
        15, "Boundary talk (minutes)", MINUTES, "What a talk about boundaries takes."
    )

    origins: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    """Setting → where its value came from; a setting that has our default has no entry."""

    def __post_init__(self) -> None:
        """Check what is not our default."""
        for name, declared in DECLARED.items():
            value = getattr(self, name)
            if value is DEFAULTS[name]:
                continue
            try:
                object.__setattr__(self, name, declared.allowed.value(value))
            except ValueError as error:
                raise Unfit(name, value, str(error)) from None

    def layered(self, values: Mapping[str, object], origin: Mapping[str, str]) -> Settings:
        """These settings with some values replaced; ``origin`` says where each of them came from.

        Raises: Unfit, for the first value that cannot be used.
        """
        changed: dict[str, Any] = {**values, "origins": {**self.origins, **origin}}
        return dataclasses.replace(self, **changed)

    def human_connection_touches(self, model: BusinessModel | None) -> int:
        """How many relationship-building touches a year make the connection complete; None for none set."""
        if model is None:
            return without_model.HUMAN_CONNECTION_TOUCHES
        touches: int = getattr(self, f"human_connection_{model}_touches")
        return touches

    def default_red_line(self, model: BusinessModel | None) -> int:
        """Our red line for a business model, in days; None for none set."""
        days: int = (
            getattr(self, f"red_line_{model}_days") if model else without_model.RED_LINE_DAYS
        )
        return days

    def loyal_from(self, model: BusinessModel | None) -> int:
        """How many purchases make a loyal client of a business model; None for none set."""
        bought: int = getattr(self, f"loyal_from_{model}") if model else without_model.LOYAL_FROM
        return bought


DECLARED: Mapping[str, Declared] = {
    field.name: field.metadata[DECLARED_AS]
    for field in dataclasses.fields(Settings)
    if field.metadata
}
"""Every setting by name, in the order of the starter workbook."""
DEFAULTS: Mapping[str, object] = {
    field.name: field.default for field in dataclasses.fields(Settings)
}
SETTING_NAMES: tuple[str, ...] = tuple(DECLARED)
