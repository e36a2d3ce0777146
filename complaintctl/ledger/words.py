"""Search words of our own: Chinese text as overlapping pairs of characters, so that 电梯 is found.

SQLite's trigrams miss words of two characters, which most Chinese words are. A run of Chinese characters
becomes its pairs and, at its end, the last character alone; so one character is found as a token's beginning.
"""

import re
import unicodedata

_FIRST_WIDE = 0x2E80
"""From here on scripts are written without spaces (CJK radicals, kana, hanzi, hangul)."""


_RUNS = re.compile(
    f"((?:(?=[{chr(_FIRST_WIDE)}-\U0010ffff])(?:[^\\W_]|[\ue000-\uf8ff\U00020000-\U0010ffff]))+)"
    f"|(?:(?=[\\0-{chr(_FIRST_WIDE - 1)}])[^\\W_])+"
)
"""Letters of spaced scripts, or those of the others (rare hanzi too); what is neither separates words."""


def _runs(text: str) -> list[tuple[bool, str]]:
    """The runs of letters and digits in `text`: (is written without spaces, characters)."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [(found[1] is not None, found[0]) for found in _RUNS.finditer(plain)]


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
