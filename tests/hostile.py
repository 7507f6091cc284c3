"""A workbook whose every cell of words is made to run, break out or be mistaken, and how to find them.

Each cell ends in a mark of its own. In whatever a file is read by its own kind of parser, the words that
were typed must stand before the mark: nothing was run, swallowed, escaped twice or cut in between.
"""

import re
from datetime import date, timedelta

import openpyxl

AS_OF = date(2026, 6, 30)

WORDS = (
    r"$\frac{1}{2}$ ${HOME} $(id) $VIP_$",
    r"\ {\field{\*\fldinst INCLUDEPICTURE x}} \u65? \par }",
    "{{ 7*7 }} {% raw %}{% include 'x' %}{# no #} {{ ''.__class__ }}",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)> ' onmouseover=alert(1) x='",
    "</title></style></textarea></script><svg onload=alert(1)>",
    "<!-- --> ]]> <?php x ?> <![CDATA[",
    "[y](javascript:alert(1)) ![p](http://example.com/p.png) | # *b* __u__ ~~s~~",
    "`x` ```sh `` <http://example.com> [z]: http://example.com",
    '=HYPERLINK("http://example.com","x")|\' /C calc\'!A0',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-2*3",
    "-2+3 ;|,\t,",
    "x\nBcc: victim@example.com\nEND:VEVENT\nBEGIN:VALARM",
    r"END:VCARD;TYPE=x,\n\;a: ATTENDEE:mailto:v@example.com",
    "javascript:alert(1)//?a=1&bcc=v@example.com%0d%0aBcc:#x",
    "\u202egnp.exe\u202c \u200b\u2066x\u2069\ufeff",
    "\x1b]0;x\x07\x1b[31m _x0041_",
    "W" * 300,
    "&lt;b&gt; &amp;#60; &copy; &#x3c;i&#62;",
    "'; DROP TABLE x; -- \" ''",
    "«name» {name} %s %(x)s {0} ${x}",
    "../../etc/passwd C:\\CON\\..\\nul",
    "Naïve 日本 🌷 \u2028 İıſﬃ",
)
"""A client each: all of a client's words begin with the same."""

EXACT = ("__proto__", "constructor", "toString", "CON", "<b>", "$", "\\", "{{", "`", "=1+1")
"""Names of clients as they stand, without a mark."""

FILE = "{{ 7*7 }} $x$ <img src=x onerror=alert(1)> & 'q' `y` [z](x) \u202e.xlsx"
SHEET = "<b>{{ 7-7 }}$x$`&|=1"
UNREAD = "<i>{% raw %}$unread$ | `x`"

_MARK = re.compile(r"zq:(\d\d):([a-z]+):zq")


def mark(number, field):
    return f"zq:{number:02d}:{field}:zq"


def typed(number, field):
    """The words of a client's cell."""
    return f"{WORDS[number]} {mark(number, field)}"


def plainly(text):
    """Without what every reader leaves out: white space in rows, control, width and direction."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text).split())


def expected(number):
    """What stands before a mark: the words as a reader of the file has them."""
    return plainly(WORDS[number])


def escaped(text):
    """The text as a cell of .xlsx holds it: a control character by its number, and what looks like one."""
    text = re.sub(r"_x(?=[0-9A-F]{4}_)", "_x005F_x", text)
    return re.sub(r"[\x00-\x08\x0b-\x1f]", lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text):
    """The text that a cell of .xlsx holds, where openpyxl leaves a character by its number."""
    return re.sub(r"_x(00[01][0-9A-F]|005F)_", lambda found: chr(int(found[1], 16)), text)


def marks_in(text):
    """The marks in a text; each stands behind its words.

    Raises: AssertionError where it does not.
    """
    plain = plainly(text)
    found = set()
    for one in _MARK.finditer(plain):
        words = expected(int(one[1]))
        before = plain[: one.start()].rstrip()
        assert before.endswith(words), (before[-len(words) - 40 :], words)
        found.add(one[0])
    return found


def write_workbook(path):
    """Clients of hostile words, who are silent, owed to, overdue, complaining, asked and greeted."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    every = range(len(WORDS))
    _sheet(
        book,
        "Business",
        ["Business name", typed(4, "business")],
        ["Owner", typed(2, "owner")],
        ["Currency", "GBP"],
        ["Business model", "product"],
        ["Preferred channels", typed(0, "reach")],
        ["Clients in the plan", 40],
        ["Time for relationships per week", 1440],
        [typed(5, "setting"), typed(6, "value")],
    )
    _sheet(
        book,
        "Clients",
        ["Client", "Contact", "E-mail", "Phone", "Address", "Segment", "Source", "Referred by",
         "Business model", "Preferred channel", "Birthday", "Notes", UNREAD],
        *(
            [typed(n, "client"), typed(n, "contact"), typed(n, "email"), typed(n, "phone"),
             typed(n, "address"), typed(n, "segment"), typed(n, "source"), typed(n, "referrer"),
             "product" if n % 3 else "project",
             ("Phone", "Email", "Post", "SMS", typed(n, "channel"))[n % 5],
             date(1980, 7, 1 + n), typed(n, "notes"), "x"]
            for n in every
        ),
        *([name, "", f"{n}@example.com"] for n, name in enumerate(EXACT)),
    )  # fmt: skip
    touchpoints, sales, feedback = [], [], []
    for n in every:
        for turn in range(4):
            day = AS_OF - timedelta(days=20 + 11 * n + 70 * turn)
            touchpoints.append(
                [day, typed(n, "client"), typed(n, "activity") if turn else "Call",
                 typed(n, "by"), "in" if turn % 2 else "out", "19:30", 30, typed(n, "topic"),
                 typed(n, "promise"), day + timedelta(days=3),
                 "complaint" if n % 4 == 3 and not turn else typed(n, "signal"),
                 typed(n, "worksite")]
            )  # fmt: skip
        for turn in range(1 + n % 3):
            day = AS_OF - timedelta(days=25 + 11 * n + 130 * turn)
            sales.append(
                [day, typed(n, "client"), 100 + n, typed(n, "service"), typed(n, "invoice"),
                 day + timedelta(days=14), typed(n, "project")]
            )  # fmt: skip
        feedback.append([AS_OF, typed(n, "client"), "survey", 9, 10, typed(n, "answer")])
    for n, name in enumerate(EXACT):
        touchpoints.append([AS_OF - timedelta(days=200 + n), name, "Email"] + [""] * 9)
        sales.append([AS_OF - timedelta(days=210 + n), name, 50, "", "", "", ""])
    for n in every:
        touchpoints.append([typed(n, "day"), typed(n, "client"), "Call"] + [""] * 9)
        sales.append([AS_OF, typed(n, "client"), typed(n, "amount"), "", "", "", ""])
    _sheet(
        book,
        "Touchpoints",
        ["Date", "Client", "Activity", "Channel", "Direction", "Start", "Minutes", "Topic",
         "Promise", "Promised for", "Signal", "Project"],
        *touchpoints,
    )  # fmt: skip
    _sheet(
        book,
        "Sales",
        ["Date", "Client", "Amount", "Service", "Invoice", "Due on", "Project"],
        *sales,
    )
    _sheet(book, "Feedback", ["Date", "Client", "Kind", "Score", "Out of", "Text"], *feedback)
    _sheet(
        book,
        "Activities",
        ["Activity", "Kind", "Value", "Connects", "Usual minutes", "Letter"],
        *([typed(n, "activity"), "help", "low", "yes", 20, typed(n, "letter")] for n in every),
    )
    _sheet(book, SHEET, [UNREAD], ["y"])
    book.save(path)


def _sheet(book, name, *rows):
    page = book.create_sheet(name)
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = page.cell(at, column, escaped(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # a formula's sign is typed as text


OWN_LETTER = """---
title: {title}
kind: reconnection
when: {title}
advice: {title}
subject: {subject} {{{{ client }}}}
---
Dear {{{{ name }}}},

<script>alert(1)</script> $x$ \\ {{\\field}} `x` ]]> {{{{ topic }}}}

{{{{ owner }}}}
{{{{ business }}}}
"""


def settle(folder):
    """The workbook under a hostile name, with letters of the owner's own; returns its path."""
    write_workbook(folder / FILE)
    (folder / "letters").mkdir()
    for name in ("reconnection", "reconnection-mailing"):
        text = OWN_LETTER.format(title=typed(3, "title"), subject=typed(9, "subject"))
        (folder / "letters" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder / FILE
