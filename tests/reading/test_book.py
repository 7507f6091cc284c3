def test_first(book, settings):
    """
    Some prose about it.

    Date        Client      Activity   Minutes
    2026-01-05  Acme        Call       90
    14/03/2026  Acme Ltd.              1:30
    2026-03-20  Beta  Co    Meetng

    # Sales
    Date | Client | Amount | From
    2026-01-05 | Acme | £480.00 |
    2026-01-05 | Acme | €480.00 | 2026-02-02
    x | Acme | 12

    # Business
    Owner             Jo
    Red line (days)   45
    Hourly rat        45
    """
    for r in book.relationships:
        print(r)
    for p in book.problems:
        print(p)
    print(book.cells, book.unread, settings)
    assert 0
