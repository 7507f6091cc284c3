"""Where the passphrases of a locked page come from: files, the terminal, or made here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from reportgen.problems import ReportError

_LONGEST = 4_096
"""Bytes of the line with the passphrase: a device never ends."""


def passphrases(files: Sequence[Path], asks: bool, makes: bool) -> tuple[str, ...]:
    """The passphrases that open the report: those of the files, then the one typed, then the one made.

    Raises: ReportError, when one cannot be used or two are the same; so before the long build.
    """
    from reportgen.forms.lock import all_accepted, passphrase

    words = [_read(file) for file in files]
    if asks:
        words.append(_asked())
    if makes:
        words.append(passphrase())
    all_accepted(words)
    return tuple(words)


def _asked() -> str:
    """What the owner types twice, unseen; she is asked again while the two differ.

    Raises: ReportError, when there is no terminal, or when the passphrase is too easy to guess.
    """
    from reportgen.forms.lock import accepted

    if not sys.stdin.isatty():
        raise ReportError(
            "There is no terminal to ask for a passphrase on; write it on the first line of a file "
            "and give that with --password-file."
        )

    def fit(typed: str) -> str:
        accepted(typed)
        return typed

    typed: str = click.prompt(
        "Passphrase, 12 characters or more (it is not shown)",
        hide_input=True,
        confirmation_prompt="The same once more",
        value_proc=fit,
        err=True,
    )
    return typed


def _read(file: Path) -> str:
    """The first line of the file, without spaces around it.

    Raises: ReportError, when it cannot be read, or is empty or too easy to guess.
    """
    from reportgen.forms.lock import accepted

    try:
        with file.open("rb") as opened:
            line = opened.readline(_LONGEST + 1)
        lines = line.decode("utf-8-sig").splitlines()
    except OSError as error:
        reason = (error.strerror or str(error)).casefold()
        raise ReportError(
            f"{file} cannot be read ({reason}); give a text file with the passphrase on its first line."
        ) from None
    except UnicodeDecodeError:
        raise ReportError(
            f"{file} is not text in UTF-8; save it as that, with the passphrase on its first line."
        ) from None
    if len(line) > _LONGEST:
        raise ReportError(
            f"The first line of {file} is longer than any passphrase; give a text file with the "
            "passphrase on its first line."
        )
    if not lines or not lines[0].strip():
        raise ReportError(f"The first line of {file} is empty; write the passphrase there.")
    words = lines[0].strip()
    try:
        accepted(words)
    except ReportError as error:
        raise ReportError(f"{file}: {error}") from None
    return words
