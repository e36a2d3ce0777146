"""Finding complaints by their words, and where the words stand."""

from __future__ import annotations

import unicodedata
from typing import Any, NamedTuple

from complaintctl.ledger.store import Ledger
from complaintctl.ledger.variants import TO_SIMPLIFIED
from complaintctl.reports.listing import Row, described
from complaintctl.reports.view import View

#: What is looked through for the place of a match, in this order: the facts, then what was written on the way.
PLACES = ("text", "place", "demand", "against", "unit", "name", "phone")
NOTES = (
    *("result", "note", "raised", "opinion", "reason", "cause", "person"),
    *("to", "from", "what", "lesson", "trained", "correction", "prevention", "how"),
)
AROUND = 18
"""Characters shown on either side of a match."""


class Match(NamedTuple):
    """Where words were found: which field, and the field's whole text; `private` holds name, phone and unit."""

    field: str
    text: str
    private: dict[str, Any]


class Found(NamedTuple):
    """Complaints that hold all the words, newest first, where each holds them, and whether there are more."""

    rows: list[Row]
    matches: dict[int, Match]
    more: bool


def search(view: View, words: str, *, limit: int, offset: int) -> Found:
    """Find complaints by words in whatever was told or written down about them."""
    found = view.query.search(words, limit=limit + 1, offset=offset)
    rows = described(view, found[:limit])
    parts = [folded(part) for part in words.split()]
    matches = {row["id"]: _match(view.ledger, row["id"], parts) for row in rows}
    return Found(rows, matches, len(found) > limit)


def _match(ledger: Ledger, complaint: int, parts: list[str]) -> Match:
    """Find the field that holds the first of the words; what was told last goes first."""
    facts: dict[str, Any] = {}
    notes: list[tuple[str, str]] = []
    for entry in ledger.entries(f"complaint/{complaint}"):
        for name, value in (entry.private or {}).items():
            if name in PLACES and entry.kind in ("logged", "amended"):
                facts[name] = value
            elif name in NOTES and isinstance(value, str):
                notes.append((name, value))
    told = [(name, str(facts[name])) for name in PLACES if facts.get(name)]
    for part in parts:
        for name, text in (*told, *notes):
            if part in folded(text):
                return Match(name, text, facts)
    return Match("text", str(facts.get("text") or ""), facts)


def folded(text: str) -> str:
    """Write a text as it is compared with what is looked for: narrow, small, simplified; character for character."""
    narrow = "".join(unicodedata.normalize("NFKC", character)[:1] or character for character in text)
    small = "".join(character.casefold()[:1] or character for character in narrow)
    return small.translate(TO_SIMPLIFIED)


def excerpt(text: str, parts: list[str]) -> str:
    """Cut out the stretch of a text around the first of the words that stands in it, on one line."""
    line = " ".join(text.split())
    plain = folded(line)
    places = [(at, len(part)) for part in parts if (at := plain.find(folded(part))) >= 0]
    at, length = min(places, default=(0, 0))
    start, end = max(at - AROUND, 0), at + length + AROUND
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
