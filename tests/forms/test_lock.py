"""The locked page, opened by a second implementation; and which passphrases are refused."""

import base64
import gzip
import hashlib
import json
import math
import re
import secrets
import unicodedata
from html import unescape

import pytest
import zxcvbn
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from reportgen.forms.lock import FILE_NAME, accepted, lock, padme, passphrase, wordlist
from reportgen.problems import ReportError

SITE: dict[str, str | bytes] = {
    "index.html": (
        "<title>Overview · Thistle Interiors</title><header><a href='x'>Thistle</a></header>"
        '<main id="main"><h1>Canary Ltd, £1,234</h1><a href="actions.ics" download>Save</a></main>'
    ),
    "clients/canary-ltd.html": '<title>Canary</title><main id="main">Café</main>',
    "static/report.css": "p { color: red }",
    "actions.ics": b"CANARY",
}
REAL = zxcvbn.zxcvbn
COACH, ACCOUNTANT = "nine small otters at noon", "a ledger under the oak"


def element(html: str, id: str) -> str:
    found = re.search(rf'<script type="[a-z/]+" id="{id}">([^<]*)</script>', html)
    assert found
    return found[1]


def opened(html: str, words: str) -> dict[str, object] | None:
    """What the page holds, by the description in docs/decisions/0008; None when no slot opens."""
    text = element(html, "header")
    header = json.loads(text)
    for slot in header["slots"]:
        normal = unicodedata.normalize("NFKC", words).encode()
        salt, nonce, key = (base64.b64decode(slot[name]) for name in ("salt", "nonce", "key"))
        assert (len(salt), len(nonce), len(key)) == (16, 12, 32 + 16)
        wrapping = hashlib.pbkdf2_hmac("sha256", normal, salt, header["iterations"], 32)
        try:
            data_key = AESGCM(wrapping).decrypt(nonce, key, header["form"].encode())
        except InvalidTag:
            continue
        sealed = base64.b64decode(element(html, "pages"))
        padded = AESGCM(data_key).decrypt(base64.b64decode(header["nonce"]), sealed, text.encode())
        length = int.from_bytes(padded[:8], "big")
        assert set(padded[8 + length :]) <= {0}
        assert padded[8 + 4 : 8 + 8] == bytes(4)  # gzip's time of making: none
        assert len(padded) == padme(8 + length)
        found: dict[str, object] = json.loads(gzip.decompress(padded[8 : 8 + length]))
        return found
    return None


@pytest.fixture(scope="module")
def locked() -> str:
    return lock(SITE, (COACH, ACCOUNTANT))


@pytest.mark.parametrize("words", [COACH, ACCOUNTANT])
def test_each_passphrase_opens_the_whole_edition(locked, words):
    found = opened(locked, words)
    assert found is not None
    assert found.keys() == {"style", "body", "shelf"}
    assert "<h1>Canary Ltd, £1,234</h1>" in str(found["body"])
    assert "Café" in str(found["body"])
    assert str(found["style"]).startswith("p { color: red }")
    assert found["shelf"] == ["CANARY"]


def test_another_passphrase_opens_nothing(locked):
    assert opened(locked, COACH.upper()) is None


def test_the_header_is_bound_to_the_pages(locked):
    header = element(locked, "header")
    with pytest.raises(InvalidTag):
        opened(locked.replace(header, header.replace(',"nonce"', ', "nonce"')), COACH)


def test_the_page_says_nothing_of_what_it_holds(locked):
    for word in ("canary", "thistle", "1,234", "client", "interiors", "overview"):
        shown = re.sub(r"<script>.*?</script>", "", locked, flags=re.DOTALL)
        assert word not in shown.lower()
    assert "<title>Locked page</title>" in locked
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in locked
    assert '<meta name="referrer" content="no-referrer">' in locked
    assert FILE_NAME == "index.html"


def test_only_our_script_may_run_and_nothing_may_be_asked_for(locked):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', locked)
    scripts = re.findall(r"<script>(.*?)</script>", locked, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", locked, re.DOTALL)
    assert policy
    assert (len(scripts), len(styles)) == (1, 1)
    unlocked = opened(locked, COACH)
    assert unlocked is not None
    texts = (scripts[0], styles[0], str(unlocked["style"]))
    script, style, later = (
        base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in texts
    )
    assert unescape(policy[1]) == (
        f"default-src 'none'; script-src 'sha256-{script}';"
        f" style-src 'sha256-{style}' 'sha256-{later}';"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert "://" not in locked


def test_as_many_rounds_as_the_page_takes(locked):
    assert json.loads(element(locked, "header"))["iterations"] == 1_000_000


def test_every_locking_differs_unless_its_randomness_is_the_same(locked):
    def counted() -> object:
        numbers = iter(range(256))
        return lambda size: bytes(next(numbers) for _ in range(size))

    once, again = (lock(SITE, (COACH,), counted()) for _ in range(2))
    assert once == again
    assert element(lock(SITE, (COACH,)), "pages") != element(once, "pages")


def test_no_random_bytes_are_used_twice():
    given_out: list[bytes] = []

    def noted(size: int) -> bytes:
        given_out.append(secrets.token_bytes(size))
        return given_out[-1]

    html = lock(SITE, (COACH, ACCOUNTANT), noted)
    header = json.loads(element(html, "header"))
    # The data key and its nonce, then a salt and a nonce for each slot.
    assert [len(one) for one in given_out] == [32, 12, 16, 12, 16, 12]
    shown = [header["nonce"]] + [
        slot[name] for slot in header["slots"] for name in ("salt", "nonce")
    ]
    assert [base64.b64decode(one) for one in shown] == given_out[1:]
    assert base64.b64encode(given_out[0]).decode() not in html


def test_letters_typed_in_two_ways_are_the_same_passphrase():
    """é as one character and as two, ﬁ as a ligature."""
    assert accepted("cafe\u0301 au lait, \ufb01n") == accepted("caf\u00e9 au lait, fin")


def test_spaces_around_a_passphrase_are_no_part_of_it():
    """The page takes them away too. A no-break space is a space; inside, each one counts."""
    assert accepted(f" {COACH}\u00a0") == COACH.encode()
    assert accepted("nine  small otters at noon") == b"nine  small otters at noon"
    with pytest.raises(ReportError, match="it has 11 characters"):
        accepted(" elevenchars ")


@pytest.mark.parametrize(
    ("length", "padded"),
    [
        # By hand: the exponent E, the digits S of E, and rounding up to a multiple of 2^(E − S).
        (2, 2),  # E 1, S 1: 2^0
        (8, 8),  # E 3, S 2: 2^1
        (9, 10),
        (100, 104),  # E 6, S 3: 2^3
        (1_000_000, 1_015_808),  # E 19, S 5: 2^14 = 16,384; 62 times
    ],
)
def test_padme(length, padded):
    assert padme(length) == padded


@given(st.integers(2, 10**9))
def test_padme_adds_at_most_12_percent_and_hides_within_it(length):
    assert length <= padme(length) <= length * 1.12
    assert padme(padme(length)) == padme(length)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "0 characters"),
        ("elevenchars", "11 characters"),
        ("ottercanoe\tvelvet", "cannot be typed"),
        ("ottercanoe\ud800velvet", "cannot be typed"),
        ("aabbaabbccaabb", "repetitions"),
        ("xk7q!xk7q!xk7q!", "repetitions"),
        ("password " * 20, "repetitions"),
        ("Password123456", "often used"),
        ("P@ssw0rd-2026!", "often used"),
        ("thisismypassword", "often used"),
        ("twelve chars", "often used"),
        ("letmein-letmein2", "often used"),
        ("Summer2026Summer!", "dates and words"),
        ("01.02.1980 03.04.1985", "dates"),
        ("qwertyuiop[]12", "keys that lie side by side"),
        ("201920182017", "years"),
        ("1q2w3e4r5t6y", "often used"),
        ("abcdefghijklmnop", "in their order"),
        ("9876543210-zxcvbnm", "in their order"),
        ("aaaabbbbccccdddde", "repetitions"),
    ],
)
def test_a_weak_passphrase_is_refused_with_the_reason_but_not_repeated(words, reason):
    with pytest.raises(ReportError) as refused:
        lock(SITE, (words,))
    assert reason in str(refused.value)
    assert not words or words not in str(refused.value)


@pytest.mark.parametrize(
    "words",
    [
        "correct horse battery staple",
        "Xq7!mPz2#vRt",
        "übergroße Äpfel",
        "猫は窓の外をじっと見ている夜",
        "nine small otters at noon, and a velvet canoe that nobody rows; " * 2 + "yes",
    ],
)
def test_a_fair_passphrase_is_taken(words):
    assert accepted(words) == words.encode()


@pytest.mark.parametrize(("guesses", "taken"), [(10**14, True), (10**14 - 1, False)])
def test_a_hundred_million_million_guesses_are_enough(monkeypatch, guesses, taken):
    found = {"guesses": guesses, "sequence": [{"pattern": "dictionary"}]}
    monkeypatch.setattr(zxcvbn, "zxcvbn", lambda password: found)
    if taken:
        assert accepted(COACH) == COACH.encode()
    else:
        with pytest.raises(ReportError, match="too easy to guess, with words and names"):
            accepted(COACH)


def test_a_long_passphrase_is_judged_by_as_much_as_can_be(monkeypatch):
    """zxcvbn takes 72 characters."""
    judged: list[str] = []

    def noted(password: str) -> dict[str, object]:
        judged.append(password)
        return {"guesses": 10**14, "sequence": []}

    monkeypatch.setattr(zxcvbn, "zxcvbn", noted)
    words = COACH + " and every evening" * 5
    assert accepted(words) == words.encode()
    assert judged == [words[:72]]
    with pytest.raises(ValueError, match="72"):
        REAL(words[:73])


def test_no_passphrase_and_one_given_twice_are_refused():
    with pytest.raises(ReportError, match="none was given"):
        lock(SITE, ())
    with pytest.raises(ReportError, match="the same"):
        lock(SITE, (COACH, COACH))


def test_a_made_passphrase_is_six_different_words_and_always_taken():
    made = [passphrase() for _ in range(200)]
    assert len(set(made)) == 200
    for one in made:
        words = one.split("-")
        assert len(set(words)) == 6
        assert set(words) <= set(wordlist())
        assert accepted(one) == one.encode()


def test_the_words_are_2048_plain_ones_worth_66_bits():
    words = wordlist()
    assert list(words) == sorted(set(words))
    assert len(words) == 2048
    assert all(re.fullmatch("[a-z]{3,7}", word) for word in words)
    assert round(math.log2(math.perm(len(words), 6)), 2) == 65.99
