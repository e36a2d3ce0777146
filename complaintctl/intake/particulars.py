"""What a row says of a complaint but for its course: its text, the facts of its columns, who complains and where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from complaintctl.intake import words
from complaintctl.intake.placeholders import says_nothing

if TYPE_CHECKING:
    from complaintctl.intake.judging import Reason

LONGEST_FIELD = 200


def text_of(told: Mapping[str, str]) -> str:
    """Return what a complaint says, headed by its title where it has one; empty where it says nothing."""
    parts = [part for part in told.get("text", "").split("\n") if not says_nothing(part)]
    text = "" if not parts or words.is_ditto(told["text"]) else told["text"]
    title = told.get("subject", "")
    if title and not says_nothing(title) and not words.is_ditto(title) and title not in text:
        text = f"{title}\n{text}".strip()
    return text


def facts_of(told: Mapping[str, str], reasons: list[Reason]) -> dict[str, Any]:
    """Return the facts that columns with fixed values tell; a value that is not known is left to the text."""
    facts: dict[str, Any] = {}
    for field in ("category", "kind", "channel", "responsibility"):
        said = told.get(field, "")
        if not said or words.is_placeholder(said):
            continue
        code = words.code(field, said)
        kind = words.code("kind", said) if field == "category" and "kind" not in told else None
        if kind:
            facts["kind"] = kind
        if code:
            facts[field] = code
        elif not kind:
            reasons.append((f"{field}-unknown", {"text": said[:20]}))
    households = told.get("households", "").rstrip("户").strip()
    if households.isascii() and households.isdigit() and 1 <= int(households[:7]) <= 100_000:
        facts["households"] = int(households)
    return facts


def private_of(text: str, told: Mapping[str, str], reasons: list[Reason]) -> dict[str, Any]:
    """Return the private facts: the text, who complains, from where."""
    private: dict[str, Any] = {"text": text}
    over: list[str] = []
    unit = unit_of(told)
    if unit:
        private["unit"] = unit
    for field in ("name", "place", "demand", "phone"):
        said = " ".join(told.get(field, "").split(" " if field == "phone" else None))
        if not said or words.is_placeholder(said):
            continue
        if len(said) > LONGEST_FIELD:
            reasons.append(("cut", {"text": said[:20]}))
            over.append(said)
        private[field] = said[:LONGEST_FIELD]
    if "phone" in private:
        private["phone"], damaged = words.phone(private["phone"])
        if damaged:
            reasons.append(("phone-damaged", {}))
    note = "\n".join(told[field] for field in ("note", "taken_by") if told.get(field))
    if note and not words.is_placeholder(note):
        over.insert(0, note)
    if over:
        private["note"] = "\n".join(over)
    return private


def unit_of(told: Mapping[str, str]) -> str:
    """Return the home as one number, where building, stairway and room stand apart: 3, 2, 501 → 3-2-501."""
    parts = ["".join(told.get(field, "").split()) for field in ("building", "entrance", "unit")]
    parts = [part for part in parts if part and not words.is_placeholder(part)]
    if len(parts) > 1 and parts[-1].startswith(parts[0]) and parts[-1] != parts[0]:
        return parts[-1][:LONGEST_FIELD]
    bare = [words.bare_part(part) for part in parts] if len(parts) > 1 else parts
    return "-".join(bare)[:LONGEST_FIELD]


_PART = re.compile(r"(?:号楼|栋|幢|座|楼|单元|号房|号|室|房|户|#)+")


@lru_cache(maxsize=4096)
def _home(who: str) -> str:
    """Return a home in one spelling: 3-1-101 for ３号楼1单元101室, too; a name or telephone number as its letters."""
    parts = re.split(r"[\W_]+", _PART.sub("-", unicodedata.normalize("NFKC", who).lower()))
    return "-".join(part for part in parts if part)


def bucket_of(day: date, private: Mapping[str, Any]) -> int:
    """Return a number that is the same for complaints of one day and one complainant (of one text: the nameless)."""
    who = private.get("unit") or private.get("phone") or private.get("name")
    key = _home(str(who)) if who else "\0" + "".join(str(private.get("text", "")).split())
    found = blake2b(f"{day.toordinal()}\n{key}".encode(), digest_size=8).digest()
    return int.from_bytes(found, "big", signed=True)
