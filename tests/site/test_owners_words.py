"""What an owner reads is in her words: every page of every sample and edition, and every letter.

The field's terms stand on Method alone, articles have names and no numbers, and nobody has to take two
negatives together to know what is meant.
"""

import html
import re
from pathlib import Path

import pytest
from sites import SAMPLES, Sites, sample_report

from reportgen.problems import ReportError
from reportgen.site.files import pages

SAMPLE_NAMES = sorted(path.stem for path in SAMPLES.glob("*.xlsx"))
LETTERS = sorted((Path(__file__).parents[2] / "templates" / "letters").glob("*.md"))

OF_THE_FIELD = (
    *("RFM", "GRR", "NRR", "AUC", "HHI", "CLV", "BG/NBD", r"P\(alive\)"),
    *("Kaplan", "Gamma", "Herfindahl", "Wilson", "[Ll]og-rank", "[Bb]urstiness"),
    *("[Cc]hurn", "[Rr]ecency", "[Mm]onetary", "[Ll]ogo retention", "[Ss]hare of wallet"),
    *("[Cc]ensored", "[Hh]azard", "[Cc]onfidence interval", "[Ii]nterpurchase", "[Qq]uartile"),
)
"""Terms that belong to Method."""

UNSAID = (r"\bnan\b", r"\b0 of 0\b", r"\bnull\b", r"\{\{|\}\}|\{%")
"""What only a program says."""

_NEGATIVE = r"(?:no|not|never|nobody|nothing|none|nowhere|without|cannot)"
_NEXT_CLAUSE = (
    r"[][.;:,?!()|—–·]|\b(?:and|or|but|because|if|when|until|so|that|which|who|than|nor)\b"
)
_UN = r"un(?!til\b|der|less|it|iq|ion|i[fv])\w+"
DOUBLE_NEGATIVES = (
    rf"\b{_NEGATIVE}\b(?:(?!{_NEXT_CLAUSE}).){{1,60}}\b{_NEGATIVE}\b",
    rf"\b(?:not|never) (?:{_UN}|in(?:active|complete|correct|valid|frequent|significant)\w*)\b",
)

FORBIDDEN = re.compile("|".join((*OF_THE_FIELD, *UNSAID)))
TWICE = re.compile("|".join(DOUBLE_NEGATIVES), re.IGNORECASE)

OF_AN_ARTICLE = re.compile(r"\(00[0-4]\)|\b[Aa]rticles? 00[0-4]\b|(?<![\d,.])00[0-4]:")
"""The number of an article, which no page has: they go by their titles."""

_SILENT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_SPOKEN = re.compile(r'\b(?:aria-label|alt|title|placeholder|data-label)="([^"]*)"')
_INLINE = re.compile(r"</?(?:a|abbr|b|code|dfn|em|i|small|span|strong|sub|sup|tspan)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def read_aloud(page):
    """The sentences of a page, with what a screen reader says of its pictures and buttons; a line each."""
    loud = _SILENT.sub("", page)
    spoken = _SPOKEN.findall(loud)
    text = re.sub(r"\s+", " ", _INLINE.sub("", loud))
    return [html.unescape(one).strip() for one in (*spoken, *_TAG.sub("\n", text).split("\n"))]


def of_markdown(text):
    """The lines of a Markdown page, without its marks and the addresses that it leads to."""
    return [re.sub(r"[*`\\]|\]\([^)]*\)", "", line) for line in text.splitlines()]


def faults(lines, is_method=False):
    """What an owner should not have to read, with the words around it; Method has the field's terms."""
    for line in lines:
        for pattern in (TWICE, OF_AN_ARTICLE, *(() if is_method else (FORBIDDEN,))):
            for found in pattern.finditer(line):
                yield f"“{found[0]}” in: {line[max(0, found.start() - 60) : found.end() + 60]}"


def readings(files):
    """Path and lines of all that is read as text, not by programs."""
    for path, text in files:
        if path.endswith(".html"):
            yield path, read_aloud(text)
        elif path.endswith(".md"):
            yield path, of_markdown(text)
        elif path.endswith((".csv", ".ics")):
            yield path, text.replace("\r\n ", "").splitlines()


def all_faults(files):
    """Path and fault, once for each wording."""
    found = {}
    for path, lines in readings(files):
        for fault in faults(lines, is_method=path.endswith(("method.html", "method.md"))):
            found.setdefault(fault, path)
    return [f"{path}: {fault}" for fault, path in found.items()]


@pytest.mark.parametrize("sample", SAMPLE_NAMES)
def test_the_owner_reads_her_own_words(sites: Sites, sample):
    site = sites(sample)
    paths = [
        path for path in sorted(site.rglob("*")) if path.suffix in {".html", ".md", ".csv", ".ics"}
    ]
    texts = (
        (path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")) for path in paths
    )
    assert all_faults(texts) == []


@pytest.mark.parametrize("edition", ["coach", "accountant", "public"])
@pytest.mark.parametrize("sample", SAMPLE_NAMES)
def test_whoever_the_report_is_shared_with_reads_them_too(sample, edition):
    try:
        report = sample_report(sample, edition)
    except ReportError:
        assert (sample, edition) == ("messy", "public")  # too few clients for one
        return
    shown = [file for file in pages(report) if file.path.endswith((".html", ".md"))]
    assert all_faults((file.path, file.render()) for file in shown) == []


@pytest.mark.parametrize("letter", LETTERS, ids=lambda path: path.stem)
def test_a_letter_is_in_words_for_its_reader(letter: Path):
    _, _, said = letter.read_text(encoding="utf-8").partition("\n---\n")
    without_code = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "x", said, flags=re.DOTALL)
    assert list(faults(" ".join(part.split()) for part in without_code.split("\n\n"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "The GRR is 93 %.",
        "Their churn was low (003).",
        "002: happy clients bring others.",
        "You opened 0 of 0 conversations.",
        "Answer times: nan hours.",
        "That is not unusual.",
        "You will not be left without an answer.",
        "Nobody in the year came with nothing.",
        "A client never has no red line.",
    ],
)
def test_a_fault_is_found(line):
    assert list(faults([line]))


@pytest.mark.parametrize(
    "line",
    [
        "None of 132 running clients crossed a line.",
        "No promise is open, and nobody has been left in silence.",
        "It is not until June that they are under the line.",
        "Nothing is due; no message waits.",
        "£1,004 and 41 in 1,000",
    ],
)
def test_plain_words_have_none(line):
    assert list(faults([line])) == []


def test_what_is_not_seen_is_read_too():
    page = '<p>Kept of <b>last</b> year</p><script>"RFM"</script><svg aria-label="The &amp; line"></svg>'
    assert "Kept of last year" in read_aloud(page)
    assert "The & line" in read_aloud(page)
    assert not [line for line in read_aloud(page) if "RFM" in line]
