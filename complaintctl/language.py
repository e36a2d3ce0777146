"""The language of what people read: English in the source, other languages from compiled catalogues.

`N_` marks a text for the catalogue and leaves it as it is; `_` gives it in the language in force, so `_` is
only called when something is shown, never when a module is loaded. Packs carry both languages themselves:
`pick` chooses among them. Words that only the command line's library uses go through the same catalogue.
"""

from collections.abc import Mapping, Sequence

LANGUAGES = ("zh", "en")
DOMAIN = "complaintctl"
_DEFAULT = "en"

_lang = _DEFAULT
_catalogue: "_Catalogue | None" = None


def N_(text: str) -> str:  # noqa: N802 - the customary marker
    """Mark `text` for the catalogues; it is translated later, where it is shown."""
    return text


class Words(str):
    """A value inside an error or a result that is itself a catalogue text, translated when it is shown."""

    __slots__ = ()


#: What the operating system says of a failure: it speaks English unless it was told otherwise.
_OF_THE_SYSTEM = (
    *(N_("No space left on device"), N_("Permission denied"), N_("Operation not permitted"), N_("Is a directory")),
    *(N_("Not a directory"), N_("No such file or directory"), N_("Read-only file system"), N_("File exists")),
    *(N_("Input/output error"), N_("File name too long"), N_("File too large"), N_("Disk quota exceeded")),
    *(N_("Too many open files"), N_("Text file busy"), N_("No such device or address"), N_("Invalid argument")),
)


def system_words(error: Exception) -> Words:
    """What the operating system says of a failure, to be said in the language in force."""
    return Words(getattr(error, "strerror", None) or str(error))


class Phrase:
    """A catalogue text with named fields as a value, filled in where it is shown."""

    __slots__ = ("text", "values")

    def __init__(self, text: str, **values: object) -> None:
        """Keep the catalogue text and the values of its fields."""
        self.text = text
        self.values = values


def install(lang: str) -> None:
    """Put a language in force: `zh` or `en`; anything else counts as English."""
    global _lang, _catalogue
    _lang = lang if lang in LANGUAGES else _DEFAULT
    _catalogue = None


def current() -> str:
    """The language in force: `zh` or `en`."""
    return _lang


def gettext(text: str) -> str:
    """`text` in the language in force, or as it is where the catalogue has no entry."""
    global _catalogue
    if _lang == "en" or not text:
        return text
    if _catalogue is None:
        _catalogue = _Catalogue(_lang)
    return _catalogue.find(text)


def plural(one: str, many: str, n: int) -> str:
    """The catalogue text for `n` things, not yet filled: `one` for exactly one, else `many`."""
    return gettext(one if n == 1 else many)


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
    if isinstance(value, Phrase):
        return gettext(value.text).format(**{name: say(one) for name, one in value.values.items()})
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return pick(value)
    if isinstance(value, Sequence):
        return listed([say(one) for one in value])
    return str(value)


def listed(words: Sequence[str]) -> str:
    """Words as a list; in Chinese with the heavier mark where one of them holds a lighter one."""
    if _lang != "zh":
        return ", ".join(words)
    return ("；" if any("，" in word or "、" in word for word in words) else "、").join(words)


def catalogue_path(lang: str) -> str:
    """Where the compiled catalogue of a language lies in the installed package.

    Made from this file's own name: the rules import this module and may not reach for files or the system.
    """
    return f"{__file__.rpartition('language')[0]}locale/{lang}/LC_MESSAGES/{DOMAIN}.mo"


class _Catalogue:
    """A compiled catalogue (.mo, little-endian, sorted by source text), searched where it lies.

    A command shows a few dozen texts of a thousand, so none is decoded before it is asked for; the standard
    library's gettext would decode all of them and compile plural forms that Chinese does not have. A missing
    or damaged file leaves English, so that a broken installation still speaks.
    """

    def __init__(self, lang: str) -> None:
        try:
            with open(catalogue_path(lang), "rb") as file:  # noqa: PTH123 - see catalogue_path
                self.raw = file.read()
        except OSError:
            self.raw = b""
        good = self.raw[:4] == b"\xde\x12\x04\x95"
        self.count = self._number(8) if good else 0
        self.sources, self.targets = self._number(12), self._number(16)
        self.found: dict[str, str] = {}

    def find(self, text: str) -> str:
        """The translation of `text`, or `text` itself."""
        known = self.found.get(text)
        if known is None:
            known = self.found[text] = self._search(text)
        return known

    def _search(self, text: str) -> str:
        key = text.encode("utf-8", "replace")
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            source = self._bytes(self.sources, middle)
            if source == key:
                return self._bytes(self.targets, middle).decode("utf-8", "replace")
            if source < key:
                low = middle + 1
            else:
                high = middle
        return text

    def _bytes(self, table: int, index: int) -> bytes:
        length, offset = self._number(table + 8 * index), self._number(table + 8 * index + 4)
        return self.raw[offset : offset + length]

    def _number(self, at: int) -> int:
        return int.from_bytes(self.raw[at : at + 4], "little")
