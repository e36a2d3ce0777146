"""The one JSON document that every command gives to scripts, for what was done and for what failed."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

VERSION = 1
"""Form of the document; it changes only if a key that scripts read goes away or changes its meaning."""

# Valid JSON, but a terminal would obey them or draw nothing: C1 controls, direction and zero-width marks.
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001-\U000e007f\ud800-\udfff]"
)


def success(command: str, data: object, warnings: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """What a command that did its work gives; `warnings` are `{"code", "message"}`."""
    return {"version": VERSION, "ok": True, "command": command, "data": data, "warnings": list(warnings)}


def failure(command: str | None, error: Mapping[str, Any], data: object = None) -> dict[str, Any]:
    """What a command that failed gives; `data` only where a check prints what it found."""
    document = {"version": VERSION, "ok": False, "command": command, "error": dict(error)}
    return document if data is None else {**document, "data": data}


def dumps(document: object, *, ascii_only: bool = False, indent: int | None = None) -> str:
    """The document as text. Characters that a terminal obeys or hides are escaped; their value is the same."""
    separators = None if indent else (",", ":")
    text = json.dumps(document, ensure_ascii=ascii_only, indent=indent, separators=separators)
    return text if ascii_only or text.isascii() else _UNSEEN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1] if match[0] != "\x7f" else "\\u007f"
