"""Who may see what: the one table of sight."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum

from reportgen.model import (
    Activity,
    Book,
    Client,
    Edition,
    Feedback,
    Rating,
    Relationship,
    Sale,
    Source,
    Touchpoint,
)
from reportgen.settings.settings import Settings


class Treatment(StrEnum):
    """What an edition gets of a field."""

    KEPT = "kept"
    DROPPED = "dropped"
    PSEUDONYM = "pseudonym"
    """In place of a client's name, or of what names a client."""
    CODED = "coded"
    """A code in place of the owner's words for a group (``Segment 4817``), the same for the same words."""
    VOCABULARY = "vocabulary"
    """Kept where it is a word of ours, else coded or dropped."""
    INDEX = "index"
    """Money to two figures: the largest client's sales in all are 100."""
    RENUMBERED = "renumbered"
    """No sheet, and a number that says nothing of the workbook's order."""
    PARTS = "parts"
    """Redacted field by field, by its own lines of this table."""
    EDITION = "edition"
    """The name of the edition itself."""


Rule = Mapping[Edition, Treatment]
KEPT, DROPPED = Treatment.KEPT, Treatment.DROPPED
PSEUDONYM, CODED, VOCABULARY = Treatment.PSEUDONYM, Treatment.CODED, Treatment.VOCABULARY
INDEX, RENUMBERED = Treatment.INDEX, Treatment.RENUMBERED
PARTS, EDITION = Treatment.PARTS, Treatment.EDITION


def _rule(coach: Treatment, accountant: Treatment, public: Treatment) -> Rule:
    return {
        Edition.OWNER: KEPT,
        Edition.COACH: coach,
        Edition.ACCOUNTANT: accountant,
        Edition.PUBLIC: public,
    }


_THRESHOLDS = (
    "business_model", "gross_margin", "working_days", "opens", "closes", "time_zone",
    "date_order", "red_line_days", "red_line_before_the_sale_days",
    "red_line_in_collaboration_days", "red_line_consultancy_days", "red_line_service_days",
    "red_line_product_days", "red_line_subscription_days", "collaboration_days",
    "lapsed_after_red_lines", "loyal_from_consultancy", "loyal_from_service",
    "loyal_from_product", "loyal_from_subscription", "loyalty_after_days",
    "commitment_below_share", "convergence_services", "convergence_months",
    "contacts_before_sale", "top1_warning", "top3_warning", "understanding_before_days",
    "understanding_after_days", "human_connection_consultancy_touches",
    "human_connection_service_touches", "human_connection_product_touches",
    "human_connection_subscription_touches", "onboarding_days", "conversation_days", "complaint_days",
    "clear_beginning_days", "answer_working_days", "high_trust", "boundary_touchpoints",
    "overdue_after_gaps", "quiet_after_gaps", "good_score", "wow_from_days", "wow_until_days",
    "wow_again_days", "referral_again_days", "testimonial_again_days", "survey_within_days",
    "survey_again_days", "greeting_days", "second_reminder_days", "third_reminder_days",
    "boundary_crossings", "boundary_watch", "boundary_act", "first_weeks_days", "smoothing_weeks",
    "light_touch_minutes", "mailing_minutes", "mailing_reach_days",
    "loyalty_ladder_step", "loyalty_ladder_top_share", "loyalty_ladder_top_purchase",
    "template_saving_share", "promise_minutes",
    "relationship_minutes_per_week", "plan_clients", "stale_days", "mailing_clients",
    "health_connection_weight", "health_rhythm_weight", "health_trust_weight",
    "health_sales_weight", "health_promises_weight", "health_healthy", "health_watch",
    "answer_minutes", "complaint_minutes", "plan_minutes", "boundary_minutes",
)  # fmt: skip
"""The settings that say nothing about anybody, named one by one: a new setting is dropped until named."""

POLICY: Mapping[tuple[type, str], Rule] = {
    #                                    coach       accountant  public
    (Book, "relationships"):       _rule(PARTS,      PARTS,      PARTS),
    (Book, "source"):              _rule(PARTS,      PARTS,      PARTS),
    (Book, "problems"):            _rule(DROPPED,    DROPPED,    DROPPED),
    (Book, "cells"):               _rule(DROPPED,    DROPPED,    DROPPED),
    (Book, "unread"):              _rule(DROPPED,    DROPPED,    DROPPED),
    (Book, "remarks"):             _rule(DROPPED,    DROPPED,    DROPPED),
    (Book, "touchpoint_columns"):  _rule(DROPPED,    DROPPED,    DROPPED),
    (Book, "edition"):             _rule(EDITION,    EDITION,    EDITION),
    (Source, "name"):              _rule(DROPPED,    DROPPED,    DROPPED),
    (Source, "sha256"):            _rule(DROPPED,    DROPPED,    DROPPED),
    (Relationship, "client"):      _rule(PARTS,      PARTS,      PARTS),
    (Relationship, "touchpoints"): _rule(PARTS,      PARTS,      PARTS),
    (Relationship, "sales"):       _rule(PARTS,      PARTS,      PARTS),
    (Relationship, "feedback"):    _rule(PARTS,      DROPPED,    DROPPED),
    (Relationship, "ratings"):     _rule(PARTS,      DROPPED,    DROPPED),
    (Client, "name"):              _rule(PSEUDONYM,  KEPT,       PSEUDONYM),
    (Client, "contact"):           _rule(DROPPED,    DROPPED,    DROPPED),
    (Client, "email"):             _rule(DROPPED,    DROPPED,    DROPPED),
    (Client, "phone"):             _rule(DROPPED,    DROPPED,    DROPPED),
    (Client, "address"):           _rule(DROPPED,    DROPPED,    DROPPED),
    (Client, "segment"):           _rule(CODED,      DROPPED,    DROPPED),
    (Client, "source"):            _rule(CODED,      DROPPED,    DROPPED),
    (Client, "referred_by"):       _rule(PSEUDONYM,  DROPPED,    DROPPED),
    (Client, "business_model"):    _rule(KEPT,       KEPT,       KEPT),
    (Client, "since"):             _rule(KEPT,       KEPT,       KEPT),
    (Client, "ended_on"):          _rule(KEPT,       KEPT,       KEPT),
    (Client, "red_line_days"):     _rule(KEPT,       KEPT,       KEPT),
    (Client, "contact_every_days"): _rule(KEPT,      KEPT,       KEPT),
    (Client, "preferred_channel"): _rule(VOCABULARY, DROPPED,    DROPPED),
    (Client, "potential_per_year"): _rule(INDEX,     KEPT,       DROPPED),
    (Client, "birthday"):          _rule(DROPPED,    DROPPED,    DROPPED),
    (Client, "notes"):             _rule(DROPPED,    DROPPED,    DROPPED),
    (Client, "row"):               _rule(DROPPED,    DROPPED,    DROPPED),
    (Touchpoint, "date"):          _rule(KEPT,       KEPT,       KEPT),
    (Touchpoint, "client"):        _rule(PSEUDONYM,  KEPT,       PSEUDONYM),
    (Touchpoint, "activity"):      _rule(PARTS,      PARTS,      PARTS),
    (Touchpoint, "row"):           _rule(RENUMBERED, RENUMBERED, RENUMBERED),
    (Touchpoint, "direction"):     _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "channel"):       _rule(VOCABULARY, DROPPED,    DROPPED),
    (Touchpoint, "start"):         _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "minutes"):       _rule(KEPT,       KEPT,       KEPT),
    (Touchpoint, "minutes_recorded"): _rule(KEPT,    KEPT,       KEPT),
    (Touchpoint, "cost"):          _rule(INDEX,      KEPT,       DROPPED),
    (Touchpoint, "topic"):         _rule(DROPPED,    DROPPED,    DROPPED),
    (Touchpoint, "promise"):       _rule(DROPPED,    DROPPED,    DROPPED),
    (Touchpoint, "promised_for"):  _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "done_on"):       _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "signal"):        _rule(VOCABULARY, DROPPED,    VOCABULARY),
    (Touchpoint, "resolved_on"):   _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "urgent"):        _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "in_scope"):      _rule(KEPT,       DROPPED,    DROPPED),
    (Touchpoint, "project"):       _rule(DROPPED,    DROPPED,    DROPPED),
    (Touchpoint, "tentative"):     _rule(KEPT,       KEPT,       KEPT),
    (Activity, "name"):            _rule(VOCABULARY, VOCABULARY, VOCABULARY),
    (Activity, "kind"):            _rule(KEPT,       KEPT,       KEPT),
    (Activity, "value"):           _rule(KEPT,       KEPT,       KEPT),
    (Activity, "connects"):        _rule(KEPT,       KEPT,       KEPT),
    (Activity, "usual_minutes"):   _rule(KEPT,       KEPT,       DROPPED),
    (Activity, "letter"):          _rule(DROPPED,    DROPPED,    DROPPED),
    (Activity, "two_way"):         _rule(KEPT,       KEPT,       DROPPED),
    (Activity, "role"):            _rule(KEPT,       KEPT,       DROPPED),
    (Sale, "date"):                _rule(KEPT,       KEPT,       KEPT),
    (Sale, "client"):              _rule(PSEUDONYM,  KEPT,       PSEUDONYM),
    (Sale, "amount"):              _rule(INDEX,      KEPT,       INDEX),
    (Sale, "row"):                 _rule(RENUMBERED, RENUMBERED, RENUMBERED),
    (Sale, "service"):             _rule(CODED,      KEPT,       CODED),
    (Sale, "project"):             _rule(CODED,      KEPT,       CODED),
    (Sale, "direct_cost"):         _rule(INDEX,      KEPT,       DROPPED),
    (Sale, "starts"):              _rule(KEPT,       KEPT,       KEPT),
    (Sale, "ends"):                _rule(KEPT,       KEPT,       KEPT),
    (Sale, "invoice"):             _rule(DROPPED,    KEPT,       DROPPED),
    (Sale, "due_on"):              _rule(KEPT,       KEPT,       DROPPED),
    (Sale, "paid_on"):             _rule(KEPT,       KEPT,       DROPPED),
    (Sale, "tentative"):           _rule(KEPT,       KEPT,       KEPT),
    (Feedback, "date"):            _rule(KEPT,       DROPPED,    DROPPED),
    (Feedback, "client"):          _rule(PSEUDONYM,  DROPPED,    DROPPED),
    (Feedback, "row"):             _rule(RENUMBERED, DROPPED,    DROPPED),
    (Feedback, "kind"):            _rule(KEPT,       DROPPED,    DROPPED),
    (Feedback, "score"):           _rule(KEPT,       DROPPED,    DROPPED),
    (Feedback, "out_of"):          _rule(KEPT,       DROPPED,    DROPPED),
    (Feedback, "text"):            _rule(DROPPED,    DROPPED,    DROPPED),
    (Feedback, "may_publish"):     _rule(KEPT,       DROPPED,    DROPPED),
    (Rating, "date"):              _rule(KEPT,       DROPPED,    DROPPED),
    (Rating, "client"):            _rule(PSEUDONYM,  DROPPED,    DROPPED),
    (Rating, "row"):               _rule(RENUMBERED, DROPPED,    DROPPED),
    (Rating, "care"):              _rule(KEPT,       DROPPED,    DROPPED),
    (Rating, "accountability"):    _rule(KEPT,       DROPPED,    DROPPED),
    (Rating, "communication"):     _rule(KEPT,       DROPPED,    DROPPED),
    (Settings, "business_name"):   _rule(DROPPED,    KEPT,       KEPT),
    (Settings, "owner"):           _rule(DROPPED,    DROPPED,    DROPPED),
    (Settings, "currency"):        _rule(DROPPED,    KEPT,       DROPPED),
    (Settings, "hourly_rate"):     _rule(INDEX,      KEPT,       DROPPED),
    (Settings, "country"):         _rule(KEPT,       KEPT,       DROPPED),
    (Settings, "preferred_channels"): _rule(VOCABULARY, DROPPED, DROPPED),
    (Settings, "acquisition_spend_per_month"): _rule(INDEX, KEPT, DROPPED),
    (Settings, "wow_budget"):      _rule(INDEX,      KEPT,       DROPPED),
    (Settings, "origins"):         _rule(DROPPED,    DROPPED,    DROPPED),
    **{(Settings, name):           _rule(KEPT,       KEPT,       KEPT) for name in _THRESHOLDS},
}  # fmt: skip
"""(class, field) → what each edition gets of it. The owner gets everything as it stands."""


def withheld(edition: Edition, setting: str) -> bool:
    """Whether the edition leaves a setting out unless the owner gives it back."""
    return edition != Edition.OWNER and treatment(POLICY, Settings, setting, edition) == DROPPED


def treatment(
    policy: Mapping[tuple[type, str], Rule], of: type, field: str, edition: Edition
) -> Treatment:
    """What an edition gets of a field; it is dropped where the table has no line for it."""
    rule = policy.get((of, field))
    return DROPPED if rule is None else rule[edition]


class Sight(Enum):
    """Who may see what is no field: a figure, a page, a part of a page.

    The public edition has none of it: its one page of totals is made of what the fields leave.
    """

    OWNER = (Edition.OWNER,)
    COACH = (Edition.OWNER, Edition.COACH)
    """How relationships stand."""
    MONEY = (Edition.OWNER, Edition.COACH, Edition.ACCOUNTANT)
    """Time, sales, and what they come to."""
    BOOKS = (Edition.ACCOUNTANT,)
    """What the accountant is given in place of what the others see."""

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Those that see it."""
        found: tuple[Edition, ...] = self.value
        return found


PAGES: Mapping[str, Sight] = {
    "index": Sight.COACH,
    "overview of the books": Sight.BOOKS,
    "actions": Sight.COACH,
    "business": Sight.MONEY,
    "matrix": Sight.COACH,
    "lifecycle": Sight.COACH,
    "retention": Sight.MONEY,
    "value": Sight.MONEY,
    "sources": Sight.COACH,
    "me": Sight.COACH,
    "trust": Sight.COACH,
    "boundaries": Sight.COACH,
    "touchpoints": Sight.COACH,
    "clients": Sight.MONEY,
    "method": Sight.MONEY,
}
"""Page → who has it. The owner has every page; the public edition is one of its own."""


PARTS_OF_PAGES: Mapping[str, Sight] = {
    "rows": Sight.OWNER,
    "exports": Sight.OWNER,
    "recording": Sight.OWNER,
    "health": Sight.COACH,
    "what works": Sight.COACH,
    "books": Sight.BOOKS,
}
"""Parts of pages that are no page of their own → who has them.

A part that has a page, such as the trust of one client, goes with that page.
"""


def sees(what: str) -> tuple[Edition, ...]:
    """The editions that have a page or a part of pages; the owner's alone where the tables are silent."""
    sight = PAGES.get(what) or PARTS_OF_PAGES.get(what) or Sight.OWNER
    return sight.editions
