"""The activities that reportgen knows, and those that an owner's Activities sheet adds or changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from reportgen.model import Activity, ActivityValue, Kind, Role
from reportgen.reading.declared import HERE, declared
from reportgen.values import dataclass
from reportgen.words import plain


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Activities by every word for them."""

    activities: Mapping[str, Activity]
    """Activity by the plain form of its name."""
    words: Mapping[str, str]
    """The plain form of a word → the plain form of the name that it means."""
    spellings: Mapping[str, str]
    """The plain form of a word → its spelling."""

    def named(self, word: str) -> Activity | None:
        """The activity that a word means; None for an unknown word."""
        name = self.words.get(plain(word))
        return None if name is None else self.activities[name]

    def overridden(self, owners: Iterable[Activity]) -> Catalogue:
        """This catalogue with the owner's activities, which win over ours.

        When hers has the name of an entry, the entry's other words mean hers, too. When it has one of
        those other words, that word alone changes. Of two with one name the first counts.
        """
        activities, words = dict(self.activities), dict(self.words)
        spellings = dict(self.spellings)
        seen: set[str] = set()
        for activity in owners:
            name = plain(activity.name)
            if name in seen:
                continue
            seen.add(name)
            activities[name] = activity
            words[name] = name
            spellings[name] = activity.name
        return Catalogue(activities, words, spellings)


@cache
def built_in() -> Catalogue:
    """The catalogue that comes with reportgen: every activity of articles 000 and 002."""
    entries = declared(HERE.parent / "activities.toml")
    activities = {
        plain(name): Activity(
            name=name,
            kind=Kind(entry["kind"]),
            value=ActivityValue(entry["value"]),
            connects=entry["connects"],
            letter=entry.get("letter"),
            two_way=entry.get("two_way", False),
            role=Role(entry["role"]) if "role" in entry else None,
        )
        for name, entry in entries.items()
    }
    words: dict[str, str] = {}
    spellings: dict[str, str] = {}
    for name, entry in entries.items():
        for word in entry.get("also", ()):
            words.setdefault(plain(word), plain(name))
            spellings.setdefault(plain(word), word)
    words |= {name: name for name in activities}
    spellings |= {plain(name): name for name in entries}
    return Catalogue(activities, words, spellings)


def role_in(name: str) -> Role | None:
    """The role whose words stand in an activity's name: ``Client onboarding`` → onboarding; else None.

    Whole words count. Of several roles the one of most words wins, then the last ("Onboarding survey"
    is a survey). ``Brief`` counts only at the end of the name: a brief call is a short one.
    """
    said = " ".join(("", *(plain(word) for word in re.findall(r"\w+", name)), ""))
    standing = [
        role
        for role in Role
        if (said.endswith(" brief ") if role is Role.BRIEF else f" {role} " in said)
    ]
    return max(standing, key=lambda role: (role.count(" "), said.rfind(f" {role} ")), default=None)
