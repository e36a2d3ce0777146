"""The table of texts of a workbook, kept in a file without a name: a register of many rows has many texts."""

from __future__ import annotations

import tempfile
import zipfile
from array import array
from functools import lru_cache
from typing import IO

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
#: So many of the texts asked for last are kept: kinds, departments and states come again and again.
_KEPT = 4096


class Texts:
    """The texts by their numbers."""

    def __init__(self) -> None:
        """Begin without any."""
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._ends = array("Q", [0])
        self._known = lru_cache(maxsize=_KEPT)(self._text)

    def read(self, name: str, part: str | None) -> None:
        """Read the texts of a workbook from its part; None where it has none.

        Raises:
            zipfile.BadZipFile, OSError, EOFError, SyntaxError (no well-formed XML).
        """
        if part is not None:
            with zipfile.ZipFile(name) as archive, archive.open(part) as source:
                self._keep(source)

    def _keep(self, source: IO[bytes]) -> None:
        from xml.etree.ElementTree import Element, iterparse

        root: Element | None = None
        for event, node in iterparse(source, events=("start", "end")):
            root = node if root is None else root
            if event == "end" and node.tag in (f"{_MAIN}si", f"{_STRICT}si"):
                text = _plain(node).encode("utf-8", "surrogatepass")
                self._file.write(text)
                self._ends.append(self._ends[-1] + len(text))
                root.clear()

    def __getitem__(self, number: int) -> str:
        """Return a text. Raises IndexError."""
        return self._known(number)

    def _text(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise IndexError(number)
        first, end = self._ends[number], self._ends[number + 1]
        self._file.seek(first)
        return self._file.read(end - first).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let the texts go."""
        self._known.cache_clear()
        self._file.close()


def _plain(node: object) -> str:
    """Return the words of a text without their looks, and without how they are read aloud."""
    from xml.etree.ElementTree import Element

    assert isinstance(node, Element)
    parts = []
    for child in node:
        kind = child.tag.rpartition("}")[2]
        if kind == "t":
            parts.append(child.text or "")
        elif kind == "r":
            parts += [one.text or "" for one in child if one.tag.rpartition("}")[2] == "t"]
    return "".join(parts).replace("x005F_", "")
