"""Compile the catalogues: `python -m complaintctl.locale.build` after any change to a .po file.

Needs Babel (the `dev` extra). The same sources always give the same bytes: no date, no tool's version.
`--missing` prints ready entries for texts of the source that no catalogue has yet.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from complaintctl.language import LANGUAGES, catalogue_path

HERE = Path(__file__).parent
PACKAGE = HERE.parent
_HEADER = "Content-Type: text/plain; charset=UTF-8\n"
_MARKERS = ("N_", "_", "gettext", "plural", "fill", "tell", "Words", "Phrase")
_FIELD = re.compile(r"\{(\w+)")


class CatalogueError(Exception):
    """A .po file that contradicts another, or whose translation has other fields than its source."""


def entries(lang: str) -> dict[str, str]:
    """All translations of a language, merged from its .po files."""
    from babel.messages.pofile import read_po

    merged: dict[str, str] = {}
    for path in sorted((HERE / lang).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        for message in catalogue:
            source, target = str(message.id), str(message.string)
            if not source:
                continue
            if message.fuzzy or not target:
                raise CatalogueError(f"{path.name}: no finished translation of {source!r}")
            if merged.setdefault(source, target) != target:
                raise CatalogueError(f"{path.name}: {source!r} is translated otherwise elsewhere")
            if fields(source) != fields(target):
                raise CatalogueError(f"{path.name}: other fields than in {source!r}")
    return merged


def fields(text: str) -> set[str]:
    """The named fields of a text."""
    return set(_FIELD.findall(text))


def compiled(lang: str) -> bytes:
    """The .mo of a language."""
    pairs = sorted((s.encode(), t.encode()) for s, t in {"": _HEADER, **entries(lang)}.items())
    count = len(pairs)
    at = 28 + 16 * count
    tables: list[list[int]] = [[], []]
    body = b""
    for table, texts in zip(tables, zip(*pairs, strict=True), strict=True):
        for text in texts:
            table += [len(text), at + len(body)]
            body += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + struct.pack(f"<{4 * count}I", *tables[0], *tables[1]) + body


def marked() -> dict[str, str]:
    """Every text of the package that is marked for the catalogues, with the first file that has it."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in _texts(ast.parse(path.read_text("utf-8"))):
            found.setdefault(text, str(path.relative_to(PACKAGE)))
    return found


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in _MARKERS:
                for argument in node.args[: 2 if name == "plural" else 1]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
                        yield argument.value


def _po_text(text: str) -> str:
    quoted = [line.replace("\\", "\\\\").replace('"', '\\"') for line in text.split("\n")]
    return '"' + '\\n"\n"'.join(quoted) + '"'


def main(words: list[str]) -> None:
    """Compile all, or print what is missing."""
    for lang in (lang for lang in LANGUAGES if lang != "en"):
        if "--missing" in words:
            have = entries(lang)
            for text, file in marked().items():
                if text not in have:
                    head = 'msgid ""\n' if "\n" in text else "msgid "
                    sys.stdout.write(f'#: {file}\n{head}{_po_text(text)}\nmsgstr ""\n\n')
        else:
            path = Path(catalogue_path(lang))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(compiled(lang))


if __name__ == "__main__":
    main(sys.argv[1:])
