"""The language of what people read: English in the source, other languages from compiled catalogues.

`N_` marks a text for the catalogue and leaves it as it is; `_` gives it in the language in force, so `_` is
only called when something is shown, never when a module is loaded. Packs carry both languages themselves:
`pick` chooses among them. Words that only the command line's library uses go through the same catalogue.
"""

import os
import sys
from collections.abc import Mapping, Sequence

LANGUAGES = ("zh", "en")
DOMAIN = "complaintctl"
_DEFAULT = "en"

_lang = _DEFAULT
_messages: dict[str, str] | None = None


def N_(text: str) -> str:
    """Mark `text` for the catalogues; it is translated later, where it is shown."""
    return text


class Words(str):
    """A value inside an error or a result that is itself a catalogue text, translated when it is shown."""

    __slots__ = ()


def install(lang: str) -> None:
    """Put a language in force: `zh` or `en`; anything else counts as English."""
    global _lang, _messages
    _lang = lang if lang in LANGUAGES else _DEFAULT
    _messages = None


def current() -> str:
    """The language in force: `zh` or `en`."""
    return _lang


def gettext(text: str) -> str:
    """`text` in the language in force, or as it is where the catalogue has no entry."""
    global _messages
    if _lang == "en":
        return text
    if _messages is None:
        _messages = _load(_lang)
    return _messages.get(text, text)


_ = gettext


def pick(wording: Mapping[str, str]) -> str:
    """The wording of a pack (`{"zh": …, "en": …}`) in the language in force, else in the other one."""
    if _lang in wording:
        return wording[_lang]
    return next((wording[lang] for lang in LANGUAGES if lang in wording), "")


def say(value: object) -> str:
    """A value as a person reads it: catalogue words, a pack's wording or a list of such are translated."""
    if isinstance(value, Words):
        return gettext(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return pick(value)
    if isinstance(value, Sequence):
        return ("、" if _lang == "zh" else ", ").join(say(one) for one in value)
    return str(value)


def catalogue_path(lang: str) -> str:
    """Where the compiled catalogue of a language lies in the installed package."""
    return f"{os.path.dirname(os.path.abspath(__file__))}/locale/{lang}/LC_MESSAGES/{DOMAIN}.mo"


def _load(lang: str) -> dict[str, str]:
    """The entries of a compiled catalogue (little-endian .mo, as our build writes it).

    Read here rather than through the standard library's gettext, whose plural-form compiler alone costs more
    than this whole module; a missing file leaves English, so that a damaged installation still speaks.
    """
    try:
        with open(catalogue_path(lang), "rb") as file:
            raw = file.read()
    except OSError:
        return {}
    number = int.from_bytes
    if number(raw[:4], "little") != 0x950412DE:
        return {}
    count, sources, targets = (number(raw[at : at + 4], "little") for at in (8, 12, 16))

    def text(table: int, index: int) -> str:
        at = table + 8 * index
        length, offset = number(raw[at : at + 4], "little"), number(raw[at + 4 : at + 8], "little")
        return raw[offset : offset + length].decode("utf-8")

    return {sys.intern(text(sources, i)): text(targets, i) for i in range(count)}
