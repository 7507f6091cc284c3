"""Every setting of the report by name: its meaning, its default, where its value came from.

One declaration serves the configuration file (``[settings]`` in TOML), the Business sheet (by the
owner's label), the files that ``init`` writes and the Method page. Later layers win:
defaults ← configuration file ← Business sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from reportgen.model import BusinessModel
from reportgen.settings import without_model, written
from reportgen.settings.kinds import CellKind, Count, DateOrder, Days, Minutes, Money, Share, Weight


def _setting(default: object, title: str, kind: CellKind, description: str) -> Any:
    return Field(default, title=title, description=description, json_schema_extra={"kind": kind})


class Settings(BaseModel):
    """Every value that the analyses may ask for, typed and within its range."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    business_name: str = _setting(
        "", "Business name", CellKind.TEXT, "Stands at the top of every page."
    )
    owner: str = _setting("", "Owner", CellKind.TEXT, "Your name, as you sign your letters.")
    currency: Annotated[str, BeforeValidator(written.currency)] | None = _setting(
        None,
        "Currency",
        CellKind.TEXT,
        "Three letters, for example GBP; £ or € will do. Blank: the one that your amounts carry.",
    )
    business_model: Annotated[BusinessModel, BeforeValidator(written.lower)] | None = _setting(
        None,
        "Business model",
        CellKind.CHOICE,
        "consultancy: projects. service: regular work. product: a shop. subscription: a box, a membership.",
    )
    hourly_rate: Money | None = _setting(
        None,
        "Hourly rate",
        CellKind.MONEY,
        "What an hour of your time is worth, to say what your time cost.",
    )
    gross_margin: Share | None = _setting(
        None,
        "Gross margin",
        CellKind.SHARE,
        "What is left of a sale once the goods in it are paid, for example 60 %.",
    )
    working_days: Annotated[frozenset[int], BeforeValidator(written.working_days)] = _setting(
        frozenset(range(5)), "Working days", CellKind.LIST, "For example Mon-Fri or Mon, Tue, Thu."
    )
    opens: time = _setting(time(9), "Opens", CellKind.TIME, "When your working day begins.")
    closes: time = _setting(time(17), "Closes", CellKind.TIME, "When your working day ends.")
    time_zone: Annotated[str, BeforeValidator(written.time_zone)] = _setting(
        "Europe/London",
        "Time zone",
        CellKind.TEXT,
        "Where you are, to know which day it is.",
    )
    country: Annotated[str, BeforeValidator(written.country)] | None = _setting(
        None, "Country", CellKind.TEXT, "For its public holidays: GB, IE, US …"
    )
    preferred_channels: Annotated[tuple[str, ...], BeforeValidator(written.names)] = _setting(
        (),
        "Preferred channels",
        CellKind.LIST,
        "Where you want clients to reach you: Email, Phone …",
    )
    acquisition_spend_per_month: Money | None = _setting(
        None,
        "Acquisition spend per month",
        CellKind.MONEY,
        "What a month of advertising, fairs and the like costs.",
    )
    wow_budget: Money | None = _setting(
        None, "Wow budget", CellKind.MONEY, "What one surprise may cost."
    )
    date_order: Annotated[DateOrder, BeforeValidator(written.upper)] | None = _setting(
        None,
        "Date order",
        CellKind.CHOICE,
        "What 03/04 means where nothing else shows it. DMY: 3 April. MDY: March 4.",
    )

    red_line_days: Days | None = _setting(
        None,
        "Red line (days)",
        CellKind.DAYS,
        "The longest silence your clients accept. Blank: what suits your business model.",
    )
    red_line_before_the_sale_days: Days | None = _setting(
        None, "Red line before the sale (days)", CellKind.DAYS, "The red line until the first sale."
    )
    red_line_in_collaboration_days: Days | None = _setting(
        None,
        "Red line in collaboration (days)",
        CellKind.DAYS,
        "The red line while work is going on.",
    )
    red_line_consultancy_days: Days = _setting(
        60, "Red line consultancy (days)", CellKind.DAYS, "Our default for projects."
    )
    red_line_service_days: Days = _setting(
        35, "Red line service (days)", CellKind.DAYS, "Our default for regular services."
    )
    red_line_product_days: Days = _setting(
        90, "Red line product (days)", CellKind.DAYS, "Our default for a shop."
    )
    red_line_subscription_days: Days = _setting(
        31, "Red line subscription (days)", CellKind.DAYS, "Our default for subscriptions."
    )
    collaboration_days: Days = _setting(
        30,
        "Collaboration (days)",
        CellKind.DAYS,
        "How long work lasts after a sale without From and To.",
    )
    lapsed_after_red_lines: Annotated[float, Field(ge=1, le=100)] = _setting(
        4.0,
        "Lapsed after (red lines)",
        CellKind.NUMBER,
        "Silent for longer than this many red lines.",
    )
    overdue_after_gaps: Annotated[float, Field(ge=1, le=100)] = _setting(
        2.0,
        "Overdue after (usual gaps)",
        CellKind.NUMBER,
        "A client is overdue when the last purchase is further back than this many usual gaps.",
    )
    quiet_after_gaps: Annotated[float, Field(ge=1, le=100)] = _setting(
        3.0,
        "Quiet after (usual gaps)",
        CellKind.NUMBER,
        "A client is quiet when it is further back than this many.",
    )
    loyal_from_consultancy: Count = _setting(
        3,
        "Loyal from consultancy (projects)",
        CellKind.DAYS,
        "Projects needed for loyalty and commitment.",
    )
    loyal_from_service: Count = _setting(
        12,
        "Loyal from service (paid months)",
        CellKind.DAYS,
        "Paid months needed for loyalty and commitment.",
    )
    loyal_from_product: Count = _setting(
        4,
        "Loyal from product (purchase days)",
        CellKind.DAYS,
        "Purchase days needed for loyalty and commitment.",
    )
    loyal_from_subscription: Count = _setting(
        12,
        "Loyal from subscription (paid months)",
        CellKind.DAYS,
        "Paid months needed for loyalty and commitment.",
    )
    loyalty_after_days: Days = _setting(
        365,
        "Loyalty after (days)",
        CellKind.DAYS,
        "Days since the first purchase for loyalty, commitment.",
    )
    commitment_below_share: Share = _setting(
        0.25,
        "Commitment below share",
        CellKind.SHARE,
        "Share of the year below the red line, at most.",
    )
    convergence_services: Count = _setting(
        3,
        "Convergence (services)",
        CellKind.DAYS,
        "Different services bought, one way to convergence.",
    )
    convergence_months: Annotated[int, Field(ge=1, le=12)] = _setting(
        9,
        "Convergence (months)",
        CellKind.DAYS,
        "Months of the last 12 with a purchase, another way.",
    )
    contacts_before_sale: Count = _setting(
        7, "Contacts before a sale", CellKind.DAYS, "Most sales are said to take seven or more."
    )
    top1_warning: Share = _setting(
        0.25, "Top client warning", CellKind.SHARE, "Warn when one client brings more of the sales."
    )
    top3_warning: Share = _setting(
        0.50,
        "Top three warning",
        CellKind.SHARE,
        "Warn when three clients bring more of the sales.",
    )
    understanding_before_days: Days = _setting(
        60,
        "Understanding before the sale (days)",
        CellKind.DAYS,
        "How long before the first purchase a discovery, diagnostic, brief or onboarding may stand.",
    )
    understanding_after_days: Days = _setting(
        30,
        "Understanding after the sale (days)",
        CellKind.DAYS,
        "How long after the first purchase it may stand.",
    )
    human_connection_consultancy_touches: Count = _setting(
        4,
        "Human connection consultancy (touches)",
        CellKind.DAYS,
        "So many relationship-building touches in 12 months make the connection complete, for projects.",
    )
    human_connection_service_touches: Count = _setting(
        4, "Human connection service (touches)", CellKind.DAYS, "The same for regular services."
    )
    human_connection_product_touches: Count = _setting(
        1, "Human connection product (touches)", CellKind.DAYS, "The same for a shop."
    )
    human_connection_subscription_touches: Count = _setting(
        1, "Human connection subscription (touches)", CellKind.DAYS, "The same for subscriptions."
    )
    complaint_days: Days = _setting(
        14,
        "Complaint resolved within (days)",
        CellKind.DAYS,
        "How soon a complaint is to be put right.",
    )
    clear_beginning_days: Days = _setting(
        60,
        "Clear beginning (days)",
        CellKind.DAYS,
        "How long before a purchase a brief, proposal or agenda may stand.",
    )
    onboarding_days: Days = _setting(
        30,
        "Onboarding within (days)",
        CellKind.DAYS,
        "How far from the first payment of a service or a subscription the onboarding may be.",
    )
    answer_working_days: Annotated[int, Field(ge=1, le=60)] = _setting(
        2,
        "Answer within (working days)",
        CellKind.DAYS,
        "How soon a client's message is to be answered.",
    )
    conversation_days: Days = _setting(
        7,
        "Conversation (days)",
        CellKind.DAYS,
        "A contact after a longer break than this begins a new conversation.",
    )
    high_trust: Annotated[float, Field(ge=0, le=100)] = _setting(
        70.0,
        "High trust from",
        CellKind.NUMBER,
        "From here on trust, which runs from 0 to 100 on the pages, is high.",
    )
    good_score: Share = _setting(
        0.9,
        "Good score from",
        CellKind.SHARE,
        "From this share of its Out of on, a score is a good one.",
    )
    wow_from_days: Days = _setting(
        60,
        "Wow from (days)",
        CellKind.DAYS,
        "Days since the last purchase from which on a surprise is not expected.",
    )
    wow_until_days: Days = _setting(
        365,
        "Wow until (days)",
        CellKind.DAYS,
        "Days since the last purchase up to which one is worth it.",
    )
    wow_again_days: Days = _setting(
        180, "Wow again after (days)", CellKind.DAYS, "How long one surprise is enough."
    )
    referral_again_days: Days = _setting(
        180,
        "Referral again after (days)",
        CellKind.DAYS,
        "How long after asking for a referral a client is not asked again.",
    )
    testimonial_again_days: Days = _setting(
        180,
        "Testimonial again after (days)",
        CellKind.DAYS,
        "How long after asking for a testimonial a client is not asked again.",
    )
    survey_within_days: Days = _setting(
        60,
        "Survey within (days)",
        CellKind.DAYS,
        "How long after a purchase, or the end of a piece of work, the short survey may be sent.",
    )
    survey_again_days: Days = _setting(
        180, "Survey again after (days)", CellKind.DAYS, "How long one survey is enough."
    )
    greeting_days: Annotated[int, Field(ge=1, le=366)] = _setting(
        31,
        "Greetings ahead (days)",
        CellKind.DAYS,
        "How many days ahead birthdays and yearly days of a first purchase are looked for.",
    )
    second_reminder_days: Days = _setting(
        14,
        "Second reminder after (days)",
        CellKind.DAYS,
        "An invoice that is late for longer gets the second payment reminder.",
    )
    third_reminder_days: Days = _setting(
        30,
        "Third reminder after (days)",
        CellKind.DAYS,
        "An invoice that is late for longer gets the third.",
    )
    boundary_touchpoints: Count = _setting(
        5,
        "Boundary load (touchpoints)",
        CellKind.DAYS,
        "Touchpoints in the last 12 months without which the boundary load cannot be told.",
    )
    boundary_crossings: Count = _setting(
        3,
        "Boundary load (crossings)",
        CellKind.DAYS,
        "Crossings in the last 12 months without which no load is one to watch or to act on.",
    )
    boundary_watch: Share = _setting(
        0.10,
        "Boundary load to watch",
        CellKind.SHARE,
        "From this share of a client's minutes on: watch.",
    )
    boundary_act: Share = _setting(
        0.25,
        "Boundary load to act on",
        CellKind.SHARE,
        "From this share of a client's minutes on: act.",
    )
    first_weeks_days: Annotated[int, Field(ge=7, le=365)] = _setting(
        42,
        "First weeks (days)",
        CellKind.DAYS,
        "How long a client is new: what you do in these days is held against who stays or comes back.",
    )
    smoothing_weeks: Annotated[int, Field(ge=1, le=13)] = _setting(
        4,
        "Smoothing (weeks)",
        CellKind.DAYS,
        "Over how many weeks effort is smoothed in the pictures.",
    )
    light_touch_minutes: Minutes = _setting(
        5, "Light touch (minutes)", CellKind.DAYS, "A short note, to stay above the red line."
    )
    mailing_minutes: Minutes = _setting(
        30, "Mailing (minutes)", CellKind.DAYS, "One letter to many clients of a shop."
    )
    mailing_reach_days: Days = _setting(
        14,
        "Mailing reach (days)",
        CellKind.DAYS,
        "A mailing serves everyone whose touch falls within this many days of it.",
    )
    loyalty_ladder_step: Share = _setting(
        0.05, "Loyalty ladder step", CellKind.SHARE, "The discount that each purchase adds."
    )
    loyalty_ladder_top_share: Share = _setting(
        0.50,
        "Loyalty ladder top",
        CellKind.SHARE,
        "The most discount, given at the ladder's last purchase.",
    )
    loyalty_ladder_top_purchase: Count = _setting(
        10,
        "Loyalty ladder (purchases)",
        CellKind.DAYS,
        "The ladder's last purchase; then it starts again.",
    )
    template_saving_share: Share = _setting(
        0.50,
        "Template saving share",
        CellKind.SHARE,
        "The part of administration that a letter or tool takes over.",
    )
    promise_minutes: Minutes = _setting(
        15, "Promise (minutes)", CellKind.DAYS, "What keeping a promise takes."
    )
    relationship_minutes_per_week: Minutes = _setting(
        60,
        "Time for relationships per week",
        CellKind.DAYS,
        "In minutes: the month's plan takes no more of your time.",
    )
    plan_clients: Count = _setting(
        10, "Clients in the plan", CellKind.DAYS, "The month's plan has no more of them."
    )
    stale_days: Days = _setting(
        90,
        "Done, or sorry? after (days)",
        CellKind.DAYS,
        "A promise, message or complaint that is older is no longer apologised for: was it done?",
    )
    mailing_clients: Annotated[int, Field(ge=2)] = _setting(
        5,
        "Mailing from (clients)",
        CellKind.DAYS,
        "From so many clients of a shop or a subscription on, one letter is one mailing.",
    )

    health_connection_weight: Weight = _setting(
        30, "Health weight of connection", CellKind.DAYS, "How much of the score is the silence."
    )
    health_rhythm_weight: Weight = _setting(
        20,
        "Health weight of rhythm",
        CellKind.DAYS,
        "How much is the client's own rhythm of buying.",
    )
    health_trust_weight: Weight = _setting(
        20, "Health weight of trust", CellKind.DAYS, "How much is Trust."
    )
    health_sales_weight: Weight = _setting(
        15, "Health weight of sales", CellKind.DAYS, "How much is the trend of sales."
    )
    health_promises_weight: Weight = _setting(
        15, "Health weight of promises", CellKind.DAYS, "How much are promises and complaints."
    )
    health_healthy: Annotated[float, Field(ge=0, le=100)] = _setting(
        70.0, "Healthy from", CellKind.NUMBER, "From this score on a relationship is healthy."
    )
    health_watch: Annotated[float, Field(ge=0, le=100)] = _setting(
        40.0,
        "Watch from",
        CellKind.NUMBER,
        "From this score on it is one to watch, below it is at risk.",
    )
    answer_minutes: Minutes = _setting(
        10, "Answer (minutes)", CellKind.DAYS, "What answering a message takes."
    )
    complaint_minutes: Minutes = _setting(
        20, "Complaint (minutes)", CellKind.DAYS, "What putting a complaint right takes."
    )
    plan_minutes: Minutes = _setting(
        10, "Plan (minutes)", CellKind.DAYS, "What planning the next meeting takes."
    )
    boundary_minutes: Minutes = _setting(
        15, "Boundary talk (minutes)", CellKind.DAYS, "What a talk about boundaries takes."
    )

    origins: Mapping[str, str] = Field(default_factory=dict, repr=False)
    """Setting → where its value came from; a setting that has our default has no entry."""

    def layered(self, values: Mapping[str, object], origin: Mapping[str, str]) -> Settings:
        """These settings with some values replaced; ``origin`` says where each of them came from.

        Raises: pydantic.ValidationError, naming each value that cannot be used.
        """
        kept = {name: getattr(self, name) for name in SETTING_NAMES}
        return Settings(**{**kept, **values}, origins={**self.origins, **origin})

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


SETTING_NAMES: tuple[str, ...] = tuple(name for name in Settings.model_fields if name != "origins")
