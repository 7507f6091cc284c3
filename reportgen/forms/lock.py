"""The whole site locked in one HTML file, which opens in a browser with a passphrase.

    pages as JSON → gzip → their length in 8 bytes → padding → AES-256-GCM under a random data key
    for each passphrase a slot: 16-byte salt → PBKDF2-HMAC-SHA256 → the data key, sealed by AES-256-GCM

The header (form, iterations, slots, nonce) is JSON and stands readable in the page. Its exact text is
the associated data of the pages, so any change to it is noticed. ``docs/decisions/0008`` says why.
"""

from __future__ import annotations

import base64
import gzip
import json
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources

from markupsafe import Markup

from reportgen import environments
from reportgen.forms.single_file import Bound, Site, bound, runtime
from reportgen.problems import ReportError
from reportgen.words import listed

FILE_NAME = "index.html"
"""Neither the locked page nor its name tells anything about the business."""
FORM = "reportgen locked page 1"
"""The name of the scheme, which the page checks; also the associated data of a slot."""
ITERATIONS = 1_000_000
"""Of PBKDF2-HMAC-SHA256; OWASP asks for 600,000 or more, and the page refuses fewer."""
SHORTEST = 12
"""Characters that a passphrase needs."""
PASSPHRASE_WORDS = 6
"""Drawn from 2,048 words, each once: 66 bits (log2 of 2048 · 2047 · … · 2043 is 65.99)."""

Randomness = Callable[[int], bytes]
"""Gives as many random bytes as it is asked for."""

_KEY, _SALT, _NONCE = 32, 16, 12
_LEAST_GUESSES = 1e14
_LOOKED_AT = 72
"""Characters, the most that zxcvbn takes: a passphrase is at least as hard to guess as its beginning."""
_KINDS = {
    "dictionary": "words and names that are often used",
    "spatial": "keys that lie side by side",
    "repeat": "repetitions",
    "sequence": "letters or digits in their order",
    "regex": "years",
    "date": "dates",
}
"""A kind of piece in zxcvbn's words → in ours."""


def lock(
    site: Site, passphrases: Sequence[str], randomness: Randomness = secrets.token_bytes
) -> str:
    """The HTML of the locked page, which each of the passphrases opens; different every time.

    Without a passphrase it tells that it is locked, how many passphrases open it and, to within an
    eighth, how long the compressed pages are.

    Raises: ReportError, when there is no passphrase, the same one twice, or one too easy to guess.
    """
    words = all_accepted(passphrases)
    data_key = randomness(_KEY)
    nonce = randomness(_NONCE)
    header = _json(
        {
            "form": FORM,
            "iterations": ITERATIONS,
            "slots": [_slot(one, data_key, randomness) for one in words],
            "nonce": _base64(nonce),
        }
    )
    whole = bound(site)
    pages = _sealed(data_key, nonce, _padded(_packed(whole)), header)
    return (
        environments.html()
        .get_template("site/locked.html")
        .render(
            header=Markup(header),
            pages=_base64(pages),
            script=Markup(runtime("single.js", "lock.js")),
            unlocked=whole.style,
        )
    )


def passphrase() -> str:
    """Six random words joined by hyphens: 66 bits, which nobody guesses at this many iterations."""
    return "-".join(secrets.SystemRandom().sample(wordlist(), PASSPHRASE_WORDS))


def all_accepted(passphrases: Sequence[str]) -> list[bytes]:
    """The passphrases as the page takes them, in their order.

    Raises: ReportError, when there is no passphrase, the same one twice, or one too easy to guess.
    """
    words = [accepted(passphrase) for passphrase in passphrases]
    if not words:
        raise ReportError("A locked page needs a passphrase, and none was given.")
    if len(set(words)) < len(words):
        raise ReportError("Two of the passphrases are the same: give each reader their own.")
    return words


def accepted(passphrase: str) -> bytes:
    """The passphrase as the page takes it: normalised (NFKC), without spaces around it, in UTF-8.

    It refuses fewer than 12 characters, characters that nobody can type, and what zxcvbn (Wheeler,
    "zxcvbn: Low-Budget Password Strength Estimation", 2016) expects to be guessed in fewer than 10^14
    attempts: common words and names, dates, repetitions and runs, also with capitals and with digits
    for letters (``P@ssw0rd-2026``). Ten graphics cards try some 100,000 passphrases a second.

    Raises: ReportError, with the reason and without the passphrase.
    """
    normal = unicodedata.normalize("NFKC", passphrase).strip()  # pasted words bring spaces
    reason = _weakness(normal)
    if reason:
        raise ReportError(
            f"The passphrase cannot be used, because {reason}. Take six words that have nothing to do"
            " with each other, or have a passphrase made."
        )
    return normal.encode()


@cache
def wordlist() -> tuple[str, ...]:
    """The 2,048 words that passphrases are made of, in alphabetical order, of three to seven letters."""
    file = resources.files("reportgen.forms").joinpath("passphrase-words.txt")
    return tuple(file.read_text(encoding="ascii").split())


def _weakness(normal: str) -> str | None:
    """Why the passphrase is refused, in words that follow *because*; None when it is accepted."""
    from zxcvbn import zxcvbn

    if not normal.isprintable():
        return "it has a character in it that cannot be typed"
    if len(normal) < SHORTEST:
        return f"it has {len(normal)} characters and {SHORTEST} are needed"
    found = zxcvbn(normal[:_LOOKED_AT])
    kinds = [_KINDS[one["pattern"]] for one in found["sequence"] if one["pattern"] in _KINDS]
    # A passphrase without a known piece counts as ten guesses a character, far fewer than it takes.
    if found["guesses"] >= _LEAST_GUESSES or not kinds:
        return None
    names = listed(sorted(set(kinds)), most=len(_KINDS))
    return f"it is too easy to guess, with {names} in it"


def _slot(words: bytes, data_key: bytes, randomness: Randomness) -> dict[str, str]:
    """The data key, sealed so that one passphrase opens it, with what the page needs to do so."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    salt, nonce = randomness(_SALT), randomness(_NONCE)
    wrapping = PBKDF2HMAC(SHA256(), length=_KEY, salt=salt, iterations=ITERATIONS).derive(words)
    sealed = _sealed(wrapping, nonce, data_key, FORM)
    return {"salt": _base64(salt), "nonce": _base64(nonce), "key": _base64(sealed)}


def _sealed(key: bytes, nonce: bytes, plain: bytes, associated: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key).encrypt(nonce, plain, associated.encode())


def _packed(whole: Bound) -> bytes:
    pages = {"style": whole.style, "body": whole.body, "shelf": whole.shelf}
    return gzip.compress(_json(pages).encode(), mtime=0)


def _padded(packed: bytes) -> bytes:
    """The length of the packed pages in 8 bytes, the packed pages, and zeros up to a Padmé length."""
    whole = len(packed).to_bytes(8, "big") + packed
    return whole.ljust(padme(len(whole)), b"\0")


def padme(length: int) -> int:
    """The length to pad to, at most 12 % more; only its first few binary digits tell anything.

    Nikitin et al., "Reducing Metadata Leakage from Encrypted Files" (2019), algorithm 1. ``length``
    is 2 or more.
    """
    exponent = length.bit_length() - 1
    free = exponent - exponent.bit_length()
    mask = (1 << free) - 1
    return (length + mask) & ~mask


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
