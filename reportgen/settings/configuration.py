"""The owner's configuration file: settings, column names, sheet names, editions, the secret."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from pathlib import Path

from reportgen.model import Edition
from reportgen.problems import ReportError, file_name
from reportgen.settings.allowed import Unfit
from reportgen.settings.labels import setting_named
from reportgen.settings.settings import Settings
from reportgen.values import dataclass
from reportgen.words import plain


@dataclass(frozen=True, slots=True)
class Choice:
    """What the owner changes of an edition: names of columns and settings, as she wrote them."""

    drop: tuple[str, ...] = ()
    """What she takes away."""
    keep: tuple[str, ...] = ()
    """What she gives back."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a configuration file says."""

    settings: Settings
    columns: Mapping[str, str]
    """The owner's header in its plain form → our column."""
    sheets: Mapping[str, str]
    """The owner's sheet name in its plain form → our sheet."""
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    """A currency's code → what one of it is worth in the workbook's currency."""
    words: Mapping[str, str] = field(default_factory=dict)
    """A status word of the owner's in its plain form → what it says of a row, one of MEANINGS."""
    editions: Mapping[Edition, Choice] = field(default_factory=dict)
    """What she changes, by edition; an edition that she leaves as it is has no entry."""
    secret: str | None = field(default=None, repr=False)
    """The key of the pseudonyms; None when she has none."""
    product: str | None = None
    """Which product exported the files, where two could have; None when the files say it."""

    def choice(self, edition: Edition) -> Choice:
        """What the owner changes of an edition; an empty choice when she leaves it as it is."""
        return self.editions.get(edition, Choice())


DEFAULTS = Configuration(settings=Settings(), columns={}, sheets={})
_LONGEST = 300_000
"""Characters of a file."""
_LONGEST_LINE = 2_000
"""Characters of a line: a name of so many parts takes no time to speak of."""
_MOST_NAMED = 8
"""How many unknown entries a sentence names."""
_LONGEST_SHOWN = 60
"""Characters of an entry that a sentence quotes."""
_MOST = 1_000_000
"""No currency is worth so many of another."""
SECRET_AT_LEAST = 16
"""Characters of the secret: with fewer it could be guessed."""
_SHARED = (Edition.COACH, Edition.ACCOUNTANT, Edition.PUBLIC)
_TABLES = ("settings", "columns", "sheets", "words", "rates", "editions", "privacy")
NOTHING = "nothing"
"""Under this name in [columns] and [sheets] stands what is not to be read."""
MEANINGS = (
    "happened",
    "open",
    "not_happened",
    "returned",
    "refunded",
    "partly_refunded",
    "payment",
    "no_sale",
)
"""What a status word may say of its row."""


def read_configuration(path: Path | None) -> Configuration:
    """What a TOML file says in its tables settings, columns, sheets, words, rates, editions and privacy.

    Without a file: our defaults.

    Raises: ReportError, when the file cannot be read, or naming what in it cannot be used.
    """
    return DEFAULTS if path is None else configuration_of(configuration_text(path), path)


def configuration_text(path: Path) -> str:
    """What stands in a configuration file.

    Raises: ReportError, when the file cannot be read.
    """
    try:
        if path.is_fifo():  # reading it would wait for ever
            raise OSError(0, "it is a pipe")
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(_LONGEST + 1)
    except OSError as error:
        raise ReportError(
            f"The configuration file {path} cannot be read ({error.strerror}); "
            "check its name, or leave --config out."
        ) from None
    except UnicodeDecodeError as error:
        raise _not_toml(path, error) from None
    if len(text) > _LONGEST:
        raise _not_toml(path, f"it has more than {_LONGEST:,} characters")
    return text


def configuration_of(text: str, path: Path) -> Configuration:
    """What the text of a configuration file says.

    Raises: ReportError, naming what in it cannot be used.
    """
    import tomllib  # most owners have no such file

    if any(len(line) > _LONGEST_LINE for line in text.splitlines()):
        raise _not_toml(path, f"a line of it has more than {_LONGEST_LINE:,} characters")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path, error) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets as deep
        raise _not_toml(path, "a number or a table in it is too large") from None
    return Configuration(
        settings=_settings(path, tables),
        columns=_mapping(path, tables, "columns"),
        sheets=_mapping(path, tables, "sheets"),
        words=_words(path, tables),
        rates=_rates(path, tables),
        editions=_editions(path, tables),
        secret=_secret(path, tables),
    )


def _not_toml(path: Path, error: Exception | str) -> ReportError:
    return ReportError(
        f"The configuration file {path} is not valid TOML ({error}); "
        "write one setting a line, for example red_line_days = 45."
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _shown(value: object) -> str:
    """What stands in the file, as far as a sentence quotes it."""
    try:
        return _short(repr(value))
    except RecursionError:
        return "a table in tables"


def _named(names: Sequence[str]) -> str:
    """The first names; how many others there are."""
    more = len(names) - _MOST_NAMED
    first = ", ".join(map(_short, names[:_MOST_NAMED]))
    return f"{first} and {more:,} more" if more > 0 else first


def _settings(path: Path, tables: Mapping[str, object]) -> Settings:
    """Our settings with those of the file over them; names every table and entry that is unknown."""
    unknown = [f"[{name}]" for name in tables if name not in _TABLES]
    values: dict[str, object] = {}
    for label, value in _table(path, tables, "settings").items():
        name = setting_named(label)
        if name is None:
            unknown.append(label)
        else:
            values[name] = value
    if unknown:
        raise ReportError(
            f"The configuration file {path} has entries that mean nothing to reportgen: "
            f"{_named(unknown)}; the Method page and the starter file list the ones that do."
        )
    try:
        return Settings().layered(values, dict.fromkeys(values, file_name(path)))
    except Unfit as error:
        raise ReportError(
            f"The configuration file {path} cannot be used: {error.name} is "
            f"{_shown(error.value)}, {error.expected}."
        ) from None


def _editions(path: Path, tables: Mapping[str, object]) -> Mapping[Edition, Choice]:
    """The tables ``[editions.coach]`` and so on; whether their names may be used is not asked here."""
    found: dict[Edition, Choice] = {}
    for name, entry in _table(path, tables, "editions").items():
        edition = next((one for one in _SHARED if one == plain(name)), None)
        if edition is None or not isinstance(entry, dict):
            raise ReportError(
                f"The configuration file {path} has {_shown(name)} in [editions]; write a table for one of "
                f"the editions that are shared, {', '.join(_SHARED)}, for example [editions.coach]."
            )
        for key, names in entry.items():
            if key not in ("drop", "keep") or not (
                isinstance(names, list) and all(isinstance(one, str) for one in names)
            ):
                raise ReportError(
                    f"The configuration file {path} has {_short(key)} = {_shown(names)} in "
                    f"[editions.{edition}]; "
                    'write the columns to drop or to keep, for example drop = ["Segment"].'
                )
        found[edition] = Choice(tuple(entry.get("drop", ())), tuple(entry.get("keep", ())))
    return found


def _secret(path: Path, tables: Mapping[str, object]) -> str | None:
    privacy = _table(path, tables, "privacy")
    unknown = [name for name in privacy if name != "secret"]
    if unknown:
        raise ReportError(
            f"The configuration file {path} has {_named(unknown)} in [privacy]; "
            "the one entry there is secret."
        )
    secret = privacy.get("secret")
    if secret is None:
        return None
    if not isinstance(secret, str) or len(secret.strip()) < SECRET_AT_LEAST:
        # The secret itself is not repeated: an error message is copied into mails.
        raise ReportError(
            f"The configuration file {path} has a secret in [privacy] that can be guessed; write "
            f"{SECRET_AT_LEAST} letters and digits or more, in quotes."
        )
    return secret.strip()


def _rates(path: Path, tables: Mapping[str, object]) -> Mapping[str, Decimal]:
    """``EUR = 0.86`` → what one of that currency is worth in the workbook's."""
    found: dict[str, Decimal] = {}
    for code, rate in _table(path, tables, "rates").items():
        is_code = re.fullmatch("[A-Z]{3}", code) is not None
        if not is_code or isinstance(rate, bool) or not isinstance(rate, int | float):
            raise _no_rate(path, code, rate)
        if not 0 < rate < _MOST:
            raise _no_rate(path, code, rate)
        found[code] = Decimal(str(rate))
    return found


def _no_rate(path: Path, code: str, rate: object) -> ReportError:
    return ReportError(
        f"The configuration file {path} has {_short(code)} = {_shown(rate)} in [rates]; write "
        "what one of another currency is worth in yours, for example EUR = 0.86."
    )


def _table(path: Path, tables: Mapping[str, object], name: str) -> Mapping[str, object]:
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise ReportError(f"The configuration file {path} needs [{name}] to be a table of entries.")
    return table


def _mapping(path: Path, tables: Mapping[str, object], name: str) -> Mapping[str, str]:
    """``Client = "Kunde"`` or ``Client = ["Kunde", "Firma"]`` → plain(Kunde) → Client."""
    theirs: dict[str, str] = {}
    for ours, written in _table(path, tables, name).items():
        for word in written if isinstance(written, list) else [written]:
            if not isinstance(word, str):
                raise ReportError(
                    f"The configuration file {path} has {_short(ours)} = {_shown(word)} in [{name}]; "
                    f'write the words of your workbook, for example {_short(ours)} = "Kunde".'
                )
            theirs[plain(word) or word.strip()] = ours
    return theirs


def _words(path: Path, tables: Mapping[str, object]) -> Mapping[str, str]:
    """``happened = ["Picked up"]`` → pickedup → happened."""
    meanings = {plain(one): one for one in MEANINGS}
    found = _mapping(path, tables, "words")
    unknown = sorted({ours for ours in found.values() if plain(ours) not in meanings})
    if unknown:
        raise ReportError(
            f"The configuration file {path} has {_named(unknown)} in [words]; what a status may say "
            f'is {", ".join(MEANINGS)}, for example happened = ["Picked up"].'
        )
    return {word: meanings[plain(ours)] for word, ours in found.items()}
