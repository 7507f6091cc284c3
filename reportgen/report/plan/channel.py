"""How to reach a client: the way that they prefer, else the one that the business does."""

from __future__ import annotations

import re
from enum import StrEnum

from reportgen.model import Client
from reportgen.settings.settings import Settings


class Channel(StrEnum):
    """What a message becomes."""

    EMAIL = "email"
    TALK = "talk"
    """Points to talk about, and a number to ring."""
    POST = "post"
    """The words for a card or a letter."""
    TEXT = "text"
    """A short message, typed on a telephone."""


_WORDS = (
    (Channel.EMAIL, r"e-?mails?|e-post|courriel|correo"),
    (Channel.TEXT, r"whats\s?app|sms|text|texts|message|messages|messenger|signal|telegram|dm"),
    (Channel.TALK, r"phone|telephone|mobile|call|calls|ring|video|zoom|teams|meet|in person|visit"),
    (Channel.POST, r"post|letter|letters|letter ?box|card|cards|postcard|by hand"),
)
"""The first that is found in a cell decides: "text message" is no letter."""


_SMS = r"sms|texts?|messages?"
"""Goes to a telephone number; an app has its own way to a person."""


def channel(client: Client, settings: Settings) -> Channel:
    """By the client's preferred channel, else by the first of the business's that we know; else e-mail."""
    return _decided(client, settings)[0]


def by_sms(client: Client, settings: Settings) -> bool:
    """Whether the text message goes to the telephone number, and not through an app."""
    word = _decided(client, settings)[1]
    return re.fullmatch(_SMS, word) is not None


def own_word(client: Client, settings: Settings) -> str:
    """The channel as the cell that decides on it has it, which says nothing else; else empty."""
    word = _decided(client, settings)[1]
    names = (client.preferred_channel, *settings.preferred_channels)
    return next((name.strip() for name in names if name and name.strip().casefold() == word), "")


def _decided(client: Client, settings: Settings) -> tuple[Channel, str]:
    """The channel, and the word that decides on it; empty where nothing does."""
    for name in (client.preferred_channel, *settings.preferred_channels):
        for one, pattern in _WORDS:
            found = re.search(rf"\b(?:{pattern})\b", name.casefold()) if name else None
            if found:
                return one, found[0]
    return Channel.EMAIL, ""
