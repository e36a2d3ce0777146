"""Search words of our own: Chinese text as overlapping pairs of characters, so that 电梯 is found.

SQLite's trigrams miss words of two characters, which most Chinese words are. A run of Chinese characters
becomes its pairs and, at its end, the last character alone; so one character is found as a token's beginning.
"""

import unicodedata

_FIRST_WIDE = 0x2E80
"""From here on scripts are written without spaces (CJK radicals, kana, hanzi, hangul)."""


def _runs(text: str) -> list[tuple[bool, str]]:
    """The runs of letters and digits in `text`: (is written without spaces, characters)."""
    runs: list[tuple[bool, str]] = []
    last = 0
    for character in unicodedata.normalize("NFKC", text).casefold():
        kind = _kind(character)
        if kind and kind == last:
            runs[-1] = (runs[-1][0], runs[-1][1] + character)
        elif kind:
            runs.append((kind == 2, character))
        last = kind
    return runs


def _kind(character: str) -> int:
    """0 for what separates words, 1 for letters of spaced scripts, 2 for the others (rare hanzi too)."""
    code = ord(character)
    if code < _FIRST_WIDE:
        return 1 if character.isalnum() else 0
    if character.isalnum() or code >= 0x20000 or 0xE000 <= code <= 0xF8FF:
        return 2
    return 0


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def index_words(text: str) -> str:
    """The tokens under which `text` is filed, parted by spaces."""
    tokens: list[str] = []
    for wide, run in _runs(text):
        tokens += [*_pairs(run), run[-1]] if wide else [run]
    return " ".join(tokens)


def match_expression(query: str) -> str | None:
    """The FTS5 expression that finds every word of `query` (all must occur); None when it holds no word.

    Each part between spaces is one phrase; its last token is taken as a beginning, so 154 finds 15400001380.
    """
    phrases = []
    for part in query.split():
        runs = _runs(part)
        tokens: list[str] = []
        for wide, run in runs[:-1]:
            tokens += [*_pairs(run), run[-1]] if wide else [run]
        begins = True
        for wide, run in runs[-1:]:
            begins = not wide or len(run) == 1
            tokens += _pairs(run) if wide and len(run) > 1 else [run]
        if tokens:
            phrases.append('"' + " ".join(tokens) + '"' + (" *" if begins else ""))
    return " AND ".join(phrases) or None
