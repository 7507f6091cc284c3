"""The whole site locked in one HTML file that opens in a browser with a password.

    pages as JSON → gzip → their length in 8 bytes → padding → AES-256-GCM under a random data key
    a slot a passphrase: 16-byte salt → PBKDF2-HMAC-SHA256 → the data key, wrapped by AES-256-GCM

The header (form, iterations, slots, nonce) is JSON and stands readable in the page; its exact text is
the associated data of the pages, so that nothing in it can be changed. ``docs/decisions/0008`` says why.
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
from reportgen.forms.single_file import Site, bound, digest, runtime
from reportgen.problems import ReportError
from reportgen.words import listed

FILE_NAME = "index.html"
"""The locked page says nothing about the business, and neither does its name."""
FORM = "reportgen locked page 1"
"""The associated data of a slot, and the scheme that the page understands."""
ITERATIONS = 1_000_000
"""Of PBKDF2-HMAC-SHA256; OWASP's least is 600,000, and the page refuses fewer."""
SHORTEST = 12
"""Characters of a passphrase."""
PASSPHRASE_WORDS = 6
"""Of 2,048 words, none twice: 66 bits (log2 of 2048 · 2047 · … · 2043 is 65.99)."""

Randomness = Callable[[int], bytes]
"""As many random bytes as are asked for."""

_KEY, _SALT, _NONCE = 32, 16, 12
_LEAST_GUESSES = 1e14
_LOOKED_AT = 72
"""Characters, the most that zxcvbn takes: what is hard to guess so far is no easier with more."""
_KINDS = {
    "dictionary": "words and names that are often used",
    "spatial": "keys that lie side by side",
    "repeat": "repetitions",
    "sequence": "letters or digits in their order",
    "regex": "years",
    "date": "dates",
}
"""What zxcvbn calls the pieces that it knows, and what they are."""


def lock(
    site: Site, passphrases: Sequence[str], randomness: Randomness = secrets.token_bytes
) -> str:
    """The HTML of the locked page; each of the passphrases opens it. Random, so different every time.

    What it tells without one: that it is locked, how many passphrases open it, and to within an
    eighth how long the pages are when compressed.

    Raises: ReportError, when there is no passphrase, one twice, or one too easy to guess.
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
    pages = _sealed(data_key, nonce, _padded(_packed(site)), header)
    script = runtime("report.js", "single.js", "lock.js")
    return (
        environments.html()
        .get_template("site/locked.html")
        .render(
            header=Markup(header),
            pages=_base64(pages),
            script=Markup(script),
            digest=Markup(digest(script)),
        )
    )


def passphrase() -> str:
    """Six random words joined by hyphens, 66 bits: with the page's iterations, out of reach of guessing."""
    return "-".join(secrets.SystemRandom().sample(wordlist(), PASSPHRASE_WORDS))


def all_accepted(passphrases: Sequence[str]) -> list[bytes]:
    """Each of the passphrases as the page takes it, in their order.

    Raises: ReportError, when there is none, one twice, or one too easy to guess.
    """
    words = [accepted(passphrase) for passphrase in passphrases]
    if not words:
        raise ReportError("A locked page needs a passphrase, and none was given.")
    if len(set(words)) < len(words):
        raise ReportError("Two of the passphrases are the same: give each reader their own.")
    return words


def accepted(passphrase: str) -> bytes:
    """The passphrase as the page takes it: normalised (NFKC), without spaces around it, in UTF-8.

    Refused are fewer than 12 characters, characters that cannot be typed, and what zxcvbn (Wheeler,
    "zxcvbn: Low-Budget Password Strength Estimation", 2016) expects to be guessed in fewer than 10^14
    attempts: common words and names, dates, repetitions and runs, also with capitals and with digits
    for letters (``P@ssw0rd-2026``). Ten graphics cards try some 100,000 passphrases a second.

    Raises: ReportError, with the reason; the passphrase itself is not in it.
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
    """The 2,048 words of which passphrases are made, in alphabetical order; three to seven letters each."""
    file = resources.files("reportgen.forms").joinpath("passphrase-words.txt")
    return tuple(file.read_text(encoding="ascii").split())


def _weakness(normal: str) -> str | None:
    from zxcvbn import zxcvbn

    if not normal.isprintable():
        return "it has a character in it that cannot be typed"
    if len(normal) < SHORTEST:
        return f"it has {len(normal)} characters and {SHORTEST} are needed"
    found = zxcvbn(normal[:_LOOKED_AT])
    kinds = [_KINDS[one["pattern"]] for one in found["sequence"] if one["pattern"] in _KINDS]
    # Where it knows no piece it counts ten guesses for a character, of which there are far more.
    if found["guesses"] >= _LEAST_GUESSES or not kinds:
        return None
    names = listed(sorted(set(kinds)), most=len(_KINDS))
    return f"it is too easy to guess, with {names} in it"


def _slot(words: bytes, data_key: bytes, randomness: Randomness) -> dict[str, str]:
    """The data key, to be had with one passphrase."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    salt, nonce = randomness(_SALT), randomness(_NONCE)
    wrapping = PBKDF2HMAC(SHA256(), length=_KEY, salt=salt, iterations=ITERATIONS).derive(words)
    sealed = _sealed(wrapping, nonce, data_key, FORM)
    return {"salt": _base64(salt), "nonce": _base64(nonce), "key": _base64(sealed)}


def _sealed(key: bytes, nonce: bytes, plain: bytes, bound: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key).encrypt(nonce, plain, bound.encode())


def _packed(site: Site) -> bytes:
    whole = bound(site)
    pages = {"style": whole.style, "body": whole.body, "shelf": whole.shelf}
    return gzip.compress(_json(pages).encode(), mtime=0)


def _padded(packed: bytes) -> bytes:
    """The length in 8 bytes, the packed pages, and zeros up to a Padmé length."""
    whole = len(packed).to_bytes(8, "big") + packed
    return whole.ljust(padme(len(whole)), b"\0")


def padme(length: int) -> int:
    """The length to pad to, by at most 12 %: only its first few binary digits tell anything.

    Nikitin et al., "Reducing Metadata Leakage from Encrypted Files" (2019), algorithm 1; ``length``
    is at least 2.
    """
    exponent = length.bit_length() - 1
    free = exponent - exponent.bit_length()
    mask = (1 << free) - 1
    return (length + mask) & ~mask


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
