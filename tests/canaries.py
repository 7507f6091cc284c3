"""A workbook of words found nowhere else, and how to search a file for them, whatever it packs them in."""

import base64
import email
import email.policy
import gzip
import hashlib
import io
import json
import quopri
import re
import unicodedata
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote_plus

import openpyxl
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from program import reportgen, started

from reportgen.model import Activity, Client, Feedback, Sale, Touchpoint
from reportgen.settings.settings import Settings

AS_OF = date(2026, 6, 30)
CLIENTS = 24
SHARED = ("coach", "accountant", "public")
FORMS = ("site", "single", "locked")

FIELDS = {
    "client": (Client, "name"),
    "contact": (Client, "contact"),
    "email": (Client, "email"),
    "domain": (Client, "email"),
    "phone": (Client, "phone"),
    "address": (Client, "address"),
    "segment": (Client, "segment"),
    "source": (Client, "source"),
    "referrer": (Client, "referred_by"),
    "prefers": (Client, "preferred_channel"),
    "notes": (Client, "notes"),
    "activity": (Activity, "name"),
    "letter": (Activity, "letter"),
    "channel": (Touchpoint, "channel"),
    "topic": (Touchpoint, "topic"),
    "promise": (Touchpoint, "promise"),
    "signal": (Touchpoint, "signal"),
    "service": (Sale, "service"),
    "project": (Sale, "project"),
    "worksite": (Touchpoint, "project"),
    "invoice": (Sale, "invoice"),
    "answer": (Feedback, "text"),
    "business": (Settings, "business_name"),
    "owner": (Settings, "owner"),
    "reach": (Settings, "preferred_channels"),
}
"""The kind of a token → the field that its cell is read into."""

OWNERS_ALONE = {"problem", "file", "unread", "sheet", "config", "ownletter"}
"""Tokens of no field: a bad cell, the file's name, a column that means nothing, a sheet's own name, the
name of the configuration file, a letter of the owner's own."""

NOWHERE = {"secret", "folder", "home", "user", "passphrase"}
"""What no form of any edition has, the owner's neither: the secret of the pseudonyms, the folders that the
workbook and the site stand in, the home folder, the name at the computer, what opens a locked page."""

KINDS = {*FIELDS, *OWNERS_ALONE, *NOWHERE}

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэ"
_ACCENTED = str.maketrans("aeiou", "áéíóú")
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_ASCII_BESIDES_LETTERS = {n: None for n in range(128) if not chr(n).isalnum()}
_TOKEN = re.compile(rf"zq({'|'.join(sorted(KINDS))})x([b-k]{{2}})|(77009001)(\d\d)")


def core(kind, number=0):
    """``zqclientxbc``: the letters of a token, by which it is known again."""
    return f"zq{kind}x" + "".join(chr(98 + int(digit)) for digit in f"{number:02d}")


def token(kind, number=0):
    """The letters as they are, with accents, with an ampersand and an apostrophe, or in Cyrillic."""
    letters = core(kind, number)
    match number % 4:
        case 0:
            return letters
        case 1:
            return letters.translate(_ACCENTED).title()
        case 2:
            return f"{letters[:4]}&{letters[4:6]}'{letters[6:]}"
    return letters.translate(_TO_CYRILLIC)


def phone(number):
    return f"0{7700900100 + number}"


def amount(number):
    """An amount that no other figure of the report looks like: thousands with pence."""
    return Decimal(f"{3000 + 137 * number}.{31 + number}")


def birthday(number):
    """In July, so that all of them are greeted in the month ahead."""
    return date(1950 + number, 7, 1 + number)


HOURLY_RATE, WOW_BUDGET, SPEND, TOUCH_COST, DIRECT_COST = 47.83, 83.47, 91.37, 7.77, 13.57


def write_workbook(path):
    """Every cell of words is a token; every amount looks like no other figure."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.creator = book.properties.lastModifiedBy = core("user")
    _sheet(
        book,
        "Business",
        ["Business name", token("business")],
        ["Owner", token("owner")],
        ["Currency", "GBP"],
        ["Hourly rate", HOURLY_RATE],
        ["Gross margin", 0.6],
        ["Wow budget", WOW_BUDGET],
        ["Acquisition spend per month", SPEND],
        ["Preferred channels", token("reach")],
    )
    _sheet(
        book,
        token("sheet", 1),
        ["Client", "Contact", "E-mail", "Phone", "Address", "Segment", "Source", "Referred by",
         "Preferred channel", "Potential per year", "Birthday", "Notes", token("unread")],
        *(
            [token("client", n), token("contact", n),
             f"{core('email', n)}@{core('domain', n)}.example", phone(n),
             token("address", n), token("segment", n % 2),
             _from_friend("source", n, 6), _from_friend("referrer", n, 7), token("prefers", n),
             float(amount(n)) * 3, birthday(n), token("notes", n), "x"]
            for n in range(CLIENTS)
        ),
    )  # fmt: skip
    touchpoints, sales, feedback = [], [], []
    for n in range(CLIENTS):
        for turn in range(4):
            day = AS_OF - timedelta(days=20 + 17 * n + 100 * turn)
            touchpoints.append(
                [day, token("client", n), token("activity", n) if turn else "Call",
                 token("channel", n), "in" if turn % 2 else "out", "19:30", 30, TOUCH_COST,
                 token("topic", n), token("promise", n), day + timedelta(days=3),
                 token("signal", n) if turn else "complaint", token("worksite", n)]
            )  # fmt: skip
        for turn in range(1 + n % 4):
            day = AS_OF - timedelta(days=25 + 17 * n + 130 * turn)
            sales.append(
                [day, token("client", n), float(amount(n)), token("service", n), DIRECT_COST,
                 token("invoice", n), day + timedelta(days=14), token("project", n)]
            )  # fmt: skip
        feedback.append(
            [AS_OF - timedelta(days=40), token("client", n), "survey", 9, 10, token("answer", n)]
        )
    sales.append([AS_OF, token("client"), token("problem"), "", "", "", "", ""])
    _sheet(
        book,
        "Touchpoints",
        ["Date", "Client", "Activity", "Channel", "Direction", "Start", "Minutes", "Cost", "Topic",
         "Promise", "Promised for", "Signal", "Project"],
        *touchpoints,
    )  # fmt: skip
    _sheet(
        book,
        "Sales",
        ["Date", "Client", "Amount", "Service", "Direct cost", "Invoice", "Due on", "Project"],
        *sales,
    )
    _sheet(book, "Feedback", ["Date", "Client", "Kind", "Score", "Out of", "Text"], *feedback)
    _sheet(
        book,
        "Activities",
        ["Activity", "Kind", "Value", "Connects", "Usual minutes", "Letter"],
        [token("activity", 1), "help", "low", "yes", 20, token("letter", 1)],
    )
    _sheet(book, token("sheet"), ["x"], ["y"])
    book.save(path)


def _from_friend(kind, n, of):
    """A token; of one client it stands behind “friend of”, which names somebody."""
    return f"friend of {token(kind, n)}" if n == of else token(kind, n)


def _sheet(book, name, *rows):
    page = book.create_sheet(name)
    for row in rows:
        page.append(row)


def settle(folder: Path) -> Path:
    """A folder as an owner may have it: a workbook with an unlucky name, letters, settings, a password."""
    home = folder / token("home", 1) / token("folder", 2)
    (home / "letters").mkdir(parents=True)
    write_workbook(home / f"{token('file')} & Sons' (1).xlsx")
    (home / "letters" / "reconnection.md").write_text(
        f"---\nsubject: {token('ownletter')}\n---\n{token('ownletter', 1)}\n", encoding="utf-8"
    )
    (home / "letters" / f"{token('ownletter', 2)}.md").write_text("no header", encoding="utf-8")
    (home / f"{token('config')}.toml").write_text(_configured(), encoding="utf-8")
    (home / "password").write_text(PASSPHRASE + "\n", encoding="utf-8")
    return home


PASSPHRASE = f"{core('passphrase')} lantern violet canoe"
SECRET = f"{core('secret')} of a line of her own"


def _configured(editions=""):
    return (
        f'[settings]\nanswer_minutes = 12\n[sheets]\nClients = "{token("sheet", 1)}"\n'
        f'[privacy]\nsecret = "{SECRET}"\n{editions}'
    )


def choose(home: Path, editions: str) -> Path:
    """Another configuration beside the first, with the owner's own choice of what an edition has."""
    path = home / f"{token('config', 4)}.toml"
    path.write_text(_configured(editions), encoding="utf-8")
    return path


def build(home: Path, edition: str, form: str, config: Path | None = None) -> dict[str, bytes]:
    """Every file that the command line makes, the manifest too."""
    out = home / f"{edition}-{form}-{config.stem if config else 'plain'}"
    # Once in processes of its own, which might hand on more than they should.
    run = (started if (edition, form) == ("coach", "site") else reportgen)(
        *("build", next(home.glob("*.xlsx")), "-o", out),
        *("--edition", edition, "--as-of", AS_OF.isoformat(), "--quiet"),
        *("--config", config or home / f"{token('config')}.toml"),
        *(() if edition == "public" else ("--appendix",)),
        *{
            "site": (),
            "single": ("--single-file",),
            "locked": ("--password-file", home / "password"),
        }[form],
        HOME=str(home),
        USER=core("user"),
        LOGNAME=core("user"),
    )
    assert run.returncode == 0, run.stderr
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


# Unpacking ----------------------------------------------------------------------------------------


def unlocked(html: str, words: str) -> dict[str, object]:
    """What a locked page holds: docs/decisions/0008, written down a second time."""
    header = re.search(r'<script type="application/json" id="header">([^<]*)</script>', html)[1]
    pages = re.search(r'<script type="text/plain" id="pages">([^<]*)</script>', html)[1]
    scheme = json.loads(header)
    (slot,) = scheme["slots"]
    salt, nonce, key = (base64.b64decode(slot[name]) for name in ("salt", "nonce", "key"))
    typed = unicodedata.normalize("NFKC", words).encode()
    wrapping = hashlib.pbkdf2_hmac("sha256", typed, salt, scheme["iterations"], 32)
    data_key = AESGCM(wrapping).decrypt(nonce, key, scheme["form"].encode())
    plain = AESGCM(data_key).decrypt(
        base64.b64decode(scheme["nonce"]), base64.b64decode(pages), header.encode()
    )
    length = int.from_bytes(plain[:8], "big")
    return json.loads(gzip.decompress(plain[8 : 8 + length]))


def opened(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a locked edition with the page as its reader has it in her window."""
    whole = unlocked(files["index.html"].decode(), PASSPHRASE)
    page = f"<style>{whole['style']}</style>\n{whole['body']}"
    return {
        **{path: content for path, content in files.items() if path != "index.html"},
        "unlocked.html": page.encode(),
        **_shelf(whole["shelf"]),
    }


def _shelf(things: list[str]) -> dict[str, bytes]:
    """What stands on the shelf: downloads have a character for each byte, pictures are HTML."""
    found = {}
    for number, thing in enumerate(things):
        try:
            content = thing.encode("latin-1")
            if content[:2] != b"PK":
                content.decode()
        except UnicodeError:
            content = thing.encode()
        kind = "ics" if thing.startswith("BEGIN:") else "eml" if "MIME-Version" in thing else "txt"
        found[f"shelf/{number}.{kind}"] = content
    return found


def texts(files: dict[str, bytes]) -> dict[str, str]:
    """Everything that can be read in the files, unpacked: each text with the place where it stands.

    What is zipped, gzipped, in base64 or a mail is there as what it says; so is each file's name.
    """
    found: dict[str, str] = {}
    for path, content in files.items():
        _unpack(path, content, found)
    return found


def _unpack(path: str, content: bytes, found: dict[str, str]) -> None:
    found[f"the name {path}"] = path
    if content[:2] == b"\x1f\x8b":
        _unpack(f"{path}/gunzipped", gzip.decompress(content), found)
        return
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found[f"the comment of {path}"] = archive.comment.decode(errors="replace")
            for member in archive.infolist():
                _unpack(f"{path}/{member.filename}", archive.read(member), found)
        return
    text = content.decode(errors="replace")
    found[path] = text
    if path.endswith(".eml"):
        found[f"the mail {path}"] = _mail(content)
    for number, packed in enumerate(re.findall(r"[A-Za-z0-9+/]{24,}={0,2}", text)):
        try:
            inside = base64.b64decode(packed, validate=True)
        except ValueError:
            continue
        if inside[:2] == b"\x1f\x8b":
            inside = gzip.decompress(inside)
            for name, thing in _shelf(json.loads(inside)).items():
                _unpack(f"{path}/{name}", thing, found)
        elif len(inside) < 10_000:
            found[f"{path} in base64, {number}"] = inside.decode("utf-8", "replace")


@cache
def _mail(content: bytes) -> str:
    message = email.message_from_bytes(content, policy=email.policy.default)
    return "\n".join(
        [*map(str, message.values()), *(part.get_content() for part in message.walk())]
    )


def readings(text: str):
    """A text as it stands, and as a browser, a mail program or a JSON reader takes it."""
    unfolded = re.sub(r"=\r?\n|\r\n[ \t]", "", text)
    yield unfolded
    if "&" in text or "<" in text:
        shown = unescape(unescape(text))
        yield shown
        yield re.sub(r"<[^>]*>", "", shown)
    if re.search(r"%[0-9A-Fa-f]{2}", text):
        yield unquote_plus(text)
    if re.search(r"\\[ux][0-9a-f]{2}", text):
        yield re.sub(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})", _character, text)
    if re.search(r"=[0-9A-F]{2}", text):
        yield quopri.decodestring(unfolded.encode()).decode(errors="replace")


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1] or escape[2], 16))


def letters_of(text: str) -> str:
    """Letters and digits alone, without case and accents, Cyrillic as Latin: as a slug has them."""
    if text.isascii():  # most of it, and many times faster
        return text.lower().translate(_ASCII_BESIDES_LETTERS)
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text).casefold())
    return re.sub(f"[{_CYRILLIC}]", lambda letter: letter[0].translate(_TO_LATIN), plain)


def tokens_in(said: dict[str, str]) -> dict[str, str]:
    """Each token that the texts have, by its letters → one place where it stands."""
    found: dict[str, str] = {}
    for path, text in said.items():
        for name in _tokens_of_text(text):
            found.setdefault(name, path)
    return found


@cache
def _tokens_of_text(text: str) -> frozenset[str]:
    return frozenset(
        f"zq{kind}x{digits}" if kind else core("phone", int(last))
        for reading in readings(text)
        for kind, digits, _, last in _TOKEN.findall(letters_of(reading))
    )


def tokens_of(kinds) -> set[str]:
    """Every token of these kinds that the workbook has, or that stands beside it, by its letters."""
    several = {"segment": 2, "sheet": 2, "ownletter": 3}
    once = {"letter": 1, "home": 1, "folder": 2}
    found = set()
    for kind in kinds:
        if kind in once:
            found.add(core(kind, once[kind]))
        elif kind in several or kind in _OF_CLIENTS:
            found |= {core(kind, n) for n in range(several.get(kind, CLIENTS))}
        else:
            found.add(core(kind))
    return found


_OF_CLIENTS = {kind for kind, (of, _) in FIELDS.items() if of is not Settings}
