"""Search words of our own: Chinese text as overlapping pairs of characters, so that 电梯 is found.

SQLite's trigrams miss words of two characters, which most Chinese words are. A run of Chinese characters
becomes its pairs and, at its end, the last character alone; so one character is found as a token's beginning.
"""

import unicodedata
from collections.abc import Callable, Sequence
from itertools import groupby

_FIRST_WIDE = "\u2e80"
"""From here on scripts are written without spaces (CJK radicals, kana, hanzi, hangul)."""

_PRIVATE = ("\ue000", "\uf8ff")
_RARE = "\U00020000"
"""From here on are hanzi that an older Python does not know as letters; so are those of a private block."""

_APART, _SPACED, _WIDE = range(3)


def _script(char: str) -> int:
    """Whether a character separates words, or belongs to one of a script with spaces, or of one without."""
    if char < _FIRST_WIDE:
        return _SPACED if char.isalnum() else _APART
    return _WIDE if char.isalnum() or char >= _RARE or _PRIVATE[0] <= char <= _PRIVATE[1] else _APART


def _runs(text: str) -> list[tuple[bool, str]]:
    """The runs of letters and digits in `text`: (is written without spaces, characters).

    A pattern would say the same, and take two milliseconds to compile whenever a complaint is taken down.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [(script == _WIDE, "".join(run)) for script, run in groupby(plain, _script) if script != _APART]


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def index_words(text: str) -> str:
    """The tokens under which `text` is filed, parted by spaces."""
    tokens: list[str] = []
    for wide, run in _runs(text):
        tokens += [*_pairs(run), run[-1]] if wide else [run]
    return " ".join(tokens)


def match_expression(query: str, ways: Callable[[str], Sequence[str]] = lambda part: (part,)) -> str | None:
    """The FTS5 expression that finds every word of `query` (all must occur); None when it holds no word.

    Each part between spaces is one phrase, in any of the ways in which it is written; its last token is taken as a
    beginning, so 154 finds 15400001380. What nobody sees (zero width) is passed over.
    """
    seen = "".join(character for character in query if unicodedata.category(character) != "Cf")
    parts = [list(filter(None, map(_phrase, ways(part)))) for part in seen.split()]
    phrases = [found[0] if len(found) == 1 else f"({' OR '.join(found)})" for found in parts if found]
    return " AND ".join(phrases) or None


def _phrase(part: str) -> str:
    """A part of a query as a phrase of tokens; empty when it holds no word."""
    runs = _runs(part)
    tokens: list[str] = []
    for wide, run in runs[:-1]:
        tokens += [*_pairs(run), run[-1]] if wide else [run]
    begins = True
    for wide, run in runs[-1:]:
        begins = not wide or len(run) == 1
        tokens += _pairs(run) if wide and len(run) > 1 else [run]
    return f'"{" ".join(tokens)}"{" *" if begins else ""}' if tokens else ""
