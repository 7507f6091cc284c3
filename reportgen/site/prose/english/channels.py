"""How a client likes to be reached, in words."""

from __future__ import annotations

_SAID = {"email": "e-mail", "in person": "meeting in person"}


def preferring(channel: str) -> str:
    """``prefers e-mail``; a name such as ``WhatsApp`` or ``SMS`` stays as it is."""
    in_a_sentence = channel.lower() if channel[1:].islower() else channel
    return f"prefers {_SAID.get(in_a_sentence, in_a_sentence)}"
