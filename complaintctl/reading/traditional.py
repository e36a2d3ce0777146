"""Writes the table of traditional characters in procedures/lexicon.toml anew, for the characters of its words.

`python -m complaintctl.reading.traditional`, before `complaintctl.reading.compile`, when words with new characters were
added. Needs opencc-python-reimplemented, which nothing else does; the table ships, so an office needs neither.
"""

from __future__ import annotations

import re
import tomllib
from importlib import import_module

from complaintctl.reading.lexicon import COMPILED

SOURCE = COMPILED.with_suffix(".toml")
HAN = range(0x4E00, 0xA000)
#: Variants that people write and opencc leaves as they are.
FURTHER = "氷冰 闘斗 砲炮 帳账 隣邻"
#: Traditional characters that stand for themselves in too many words.
NOT = "麽"
WIDTH = 24


def pairs(text: str) -> list[str]:
    """Give each traditional character with its simplified one, where a word of the lexicon's TOML text needs it."""
    lexicon = tomllib.loads(text)
    words = [word for table in ("words", "marks") for row in lexicon[table].values() for word in row]
    known = set("".join([*words, *(unit for row in lexicon["count"] for unit in row["units"])])) | set("两俩万几")
    simple = import_module("opencc").OpenCC("t2s").convert
    found = [char + simple(char) for char in map(chr, HAN) if char not in known and char not in NOT]
    found += FURTHER.split()
    return sorted({pair[0]: pair for pair in found if len(pair) == 2 and pair[0] != pair[1] in known}.values())


def main() -> None:
    """Write the table into the lexicon's source."""
    text = SOURCE.read_text(encoding="utf-8")
    found = pairs(text)
    lines = [" ".join(found[at : at + WIDTH]) for at in range(0, len(found), WIDTH)]
    head, table = text.split("[traditional]\n")
    table = re.sub(r'"""\n.*?"""', lambda _: '"""\n' + "\n".join(lines) + '\n"""', table, count=1, flags=re.DOTALL)
    SOURCE.write_text(f"{head}[traditional]\n{table}", encoding="utf-8")


if __name__ == "__main__":
    main()
