"""What the pages on trust and boundaries say first, and beside their figures, case by case.

The day is Tuesday 30 June 2026. She works from 9:00 to 17:00, Monday to Friday.
"""

from datetime import date

from reportgen.report.report import make_report
from reportgen.site.files import pages
from reportgen.site.pages import boundaries, trust

AS_OF = date(2026, 6, 30)


def report_on(book, settings):
    return make_report(book, settings, AS_OF)


def text_of(book, settings, name):
    (found,) = [
        page.render()
        for page in pages(report_on(book, settings))
        if page.path == f"markdown/{name}.md"
    ]
    return " ".join(found.split()).replace("\u00a0", " ")


def said(page, book, settings):
    return page.answer(report_on(book, settings)).replace("\u00a0", " ")


def test_the_headline_names_causes_from_a_fifth_of_the_minutes(book, settings):
    """
    100 of 200 minutes cross, all of them out of hours: Acme 50, Bell 31, Cole 19. Of these 50 she offered.

    Date        Client  Activity  Direction  Start  Minutes
    2026-06-01  Acme    Email     out        20:00  50
    2026-06-01  Bell    Call      in         20:00  31
    2026-06-01  Cole    Call      in         20:00  19
    2026-06-02  Acme    Email     out        10:00  50
    2026-06-03  Bell    Email     out        10:00  50
    """
    assert said(boundaries, book, settings) == (
        "50 % of your time with clients, 1 h 40 min in the year, crosses a line, and it is time to act."
    )
    assert (
        "Acme and Bell take 81 % of the time out of hours; 50 % of it you offered yourself."
        in text_of(book, settings, "boundaries")
    )


def test_the_headline_where_nobody_takes_a_fifth(book, settings):
    """
    Six clients with 10 of 60 minutes out of hours each, of 600 minutes in all: a tenth, which is to watch.

    Date        Client  Activity  Direction  Start  Minutes
    2026-06-01  Acme    Call      in         20:00  10
    2026-06-01  Bell    Call      in         20:00  10
    2026-06-01  Cole    Call      in         20:00  10
    2026-06-01  Dunn    Call      in         20:00  10
    2026-06-01  Ewer    Call      in         20:00  10
    2026-06-01  Fox     Call      in         20:00  10
    2026-06-02  Gill    Email     out        10:00  540
    """
    assert said(boundaries, book, settings) == (
        "10 % of your time with clients, 1 h in the year, crosses a line, and that is worth watching."
    )
    assert (
        "Six clients share the time out of hours, nobody a fifth of it; none of it did you offer yourself."
        in text_of(book, settings, "boundaries")
    )


def test_the_headline_on_work_out_of_scope(book, settings):
    """
    Date        Client  Activity  Direction  Minutes  In scope
    2026-06-01  Acme    Email     out        10       no
    2026-06-02  Acme    Email     out        10       no
    2026-06-03  Acme    Email     out        10       no
    2026-06-04  Acme    Email     out        20
    2026-06-05  Acme    Email     out        10
    """
    assert said(boundaries, book, settings) == (
        "50 % of your time with clients, 30 min in the year, crosses a line, and it is time to act."
    )
    assert "None of it is out of hours: it is work out of scope." in text_of(
        book, settings, "boundaries"
    )


def test_the_headline_follows_the_level_whoever_wrote_at_night(book, settings):
    """
    Two crossings are fine, and so the headline names nobody.

    Date        Client  Activity  Direction  Start  Minutes
    2026-06-01  Acme    Call      in         20:00  30
    2026-06-02  Acme    Call      in         20:00  30
    2026-06-03  Acme    Email     out        10:00  10
    2026-06-04  Acme    Email     out        10:00  10
    2026-06-05  Acme    Email     out        10:00  10
    """
    assert said(boundaries, book, settings) == (
        "Your evenings are yours: two of 5 timed touchpoints in the year were out of hours, 1 h in all."
    )


def test_the_headline_on_one_client_among_many_hours(book, settings):
    """
    Acme's 30 of 60 minutes are half, and 3 % of all 1,060, which are fine.

    Date        Client  Activity  Direction  Start  Minutes
    2026-06-01  Acme    Call      in         20:00  10
    2026-06-02  Acme    Call      in         20:00  10
    2026-06-03  Acme    Call      in         20:00  10
    2026-06-04  Acme    Email     out        10:00  20
    2026-06-05  Acme    Email     out        10:00  10
    2026-06-05  Bell    Email     out        10:00  1000
    """
    assert said(boundaries, book, settings) == (
        "50 % of the time with Acme, 30 min in the year, crosses a line, and it is time to act."
    )


def test_the_headline_counts_where_minutes_do_not_weigh(book, settings):
    """
    Four touchpoints are one too few to tell a load.

    Date        Client  Activity  Direction  Start  Minutes
    2026-06-01  Acme    Call      in         20:00  30
    2026-06-02  Acme    Email     out        10:00  10
    2026-06-03  Acme    Email     out        10:00  10
    2026-06-04  Acme    Email     out        10:00  10
    """
    assert said(boundaries, book, settings) == (
        "One of 4 timed touchpoints was out of hours, too few to judge by."
    )


def test_the_headline_where_nothing_has_minutes(book, settings):
    """
    Date        Client  Activity  Direction  Start
    2026-06-01  Acme    Call      in         20:00
    """
    assert said(boundaries, book, settings) == (
        "The one timed touchpoint was out of hours, without minutes to weigh by."
    )


def test_who_crosses_a_line_stands_there_and_the_others_are_counted(book, settings):
    """
    Acme called at eight in the evening in June; nobody else did, and nobody before.

    Date        Client  Activity  Direction  Start  Minutes  Channel
    2026-06-01  Acme    Call      in         20:00  30       Phone
    2026-06-01  Bell    Email     out        10:00  30       Email
    2026-06-01  Cole    Email     out        10:00  30       Email

    # Business
    Preferred channels  Email
    """
    text = text_of(book, settings, "boundaries")
    assert "[Acme](clients/acme.md) |" in text
    assert "[Bell](clients/bell.md) |" not in text
    assert "The other two crossed no line." in text
    assert (
        "| Out of hours | 30 min | 1 of 3 timed touchpoints; the client asked for it · "
        "Worse by one than last month |"
    ) in text
    assert (
        "| On other channels than yours | 1 | of 3 touchpoints with a channel; all with Acme |"
        in text
    )


def test_what_is_not_known_is_one_box(book, settings):
    """
    Date        Client  Activity  Direction  Minutes
    2026-06-01  Acme    Call      in         30
    """
    text = text_of(book, settings, "boundaries")
    assert "- Start on the Touchpoints sheet shows your evenings and your week." in text
    assert "Preferred channels on the Business sheet show who reaches you elsewhere." in text
    assert "Your one running client crossed no line." in text


def test_the_page_says_where_trust_speaks_without_accountability(book, settings):
    """
    Bell is rated, Acme not.

    Date        Client  Activity  Direction
    2026-06-01  Acme    Call      both
    2026-06-01  Bell    Call      both

    # Ratings
    Date        Client  Accountability
    2026-06-01  Bell    8
    """
    text = text_of(book, settings, "trust")
    assert "Of 1 client nothing is known of Accountability; there trust speaks without it." in text
    assert "Counted: your 2 running clients." in text


def test_the_page_says_who_waits_for_whom(book, settings):
    """
    They waited for 1 and 3 hours, and from February to May; lately 3. She waited for half an hour, in
    December. She opened one conversation of three, none lately.

    Date        Client  Activity  Direction  Start
    2025-12-01  Acme    Email     out        10:00
    2025-12-01  Acme    Email     in         10:30
    2025-12-01  Acme    Email     out        11:30
    2026-02-02  Bell    Email     in         10:00
    2026-05-04  Bell    Email     in         10:00
    2026-05-04  Bell    Email     out        13:00
    """
    text = text_of(book, settings, "trust")
    assert "| You began | 1 of 3 | conversations · 0 of 1 in the last three months |" in text
    assert "| Half of theirs come within | 30 min | of your working time |" in text
    assert (
        "| Half of your answers come within | 3 h | of your working time · The same in the last three "
        "months |"
    ) in text


def test_the_page_says_which_way_the_answers_went_lately(book, settings):
    """
    In December they waited for 2 hours, in May for 4: in the middle 3.

    Date        Client  Activity  Direction  Start
    2025-12-01  Acme    Email     in         10:00
    2025-12-01  Acme    Email     out        12:00
    2026-05-04  Bell    Email     in         10:00
    2026-05-04  Bell    Email     out        14:00
    """
    text = text_of(book, settings, "trust")
    assert (
        "| Half of your answers come within | 3 h | of your working time · "
        "Worse in the last three months: 4 h |"
    ) in text


def test_a_wait_of_a_week_is_told_in_days(book, settings):
    """
    From Monday at ten to Monday at twelve are five working days of eight hours and two hours.

    Date        Client  Activity  Direction  Start
    2025-12-01  Acme    Email     in         10:00
    2025-12-08  Acme    Email     out        12:00
    """
    text = text_of(book, settings, "trust")
    assert "| Half of your answers come within | 5 working days | |" in text


def test_what_would_help_most_comes_first_and_trust_is_told_of_the_middle(book, settings):
    """
    To a shop one call a year is enough. Acme's promise was late, so that is what would raise trust.

    Date        Client  Activity  Direction  Promised for  Done on
    2026-06-01  Acme    Call      both       2026-06-10    2026-06-11
    2026-06-01  Bell    Call      both       2026-06-10    2026-06-10

    # Business
    Business model  product
    """
    text = text_of(book, settings, "trust")
    parts = text.split("## What would raise it most")[1].split("##")[0]
    first = parts.split("|---|---|---|---:| ")[1]
    assert first.startswith("| Reliability | promises kept on the day | care | 1 of 2 |")
    assert "of 100: the middle one of 2 clients |" in text
    assert "n/a" not in text


def test_the_page_says_what_held_back_in_a_word(book, settings):
    """
    Acme's promise was late, and nothing else is amiss.

    Date        Client  Activity  Direction  Promised for  Done on
    2026-06-01  Acme    Call      both       2026-06-10    2026-06-11
    """
    assert said(trust, book, settings).endswith("What holds trust back most is promises.")


def test_an_evening_with_anything_out_of_hours_is_framed(book, settings):
    """
    On Monday at eight she rang Acme; Bell's message of that hour waited for the morning, when all is well.

    Date        Client  Activity  Direction  Start
    2026-06-01  Acme    Call      out        20:00
    2026-06-01  Bell    Message   in         20:10
    2026-06-02  Bell    Message   out        10:00
    """
    text = text_of(book, settings, "boundaries")
    assert "- Mon 20:00: 2 touchpoints, out of hours (" in text
    assert "- Tue 10:00: 1 touchpoint (" in text
