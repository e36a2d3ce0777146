"""The page of the lexicon names every key that its files may have."""

from pathlib import Path

import pytest

from complaintctl.reading import compile as compiler
from complaintctl.reading.lexicon import MARKS, ORDER, SCOPES

PAGE = (Path(__file__).parents[2] / "docs" / "lexicon.md").read_text("utf-8")
OF_FILES = {"[terms]", "pairs", *(f"[{name}]" for name in ("words", "marks", "flat", "slips", "traditional"))}
TOP = {"form", "title", "inside", "[[count]]", "[[rule]]"}
KEYS = sorted({*OF_FILES, *TOP, *MARKS, "carry", *compiler._COUNT, *compiler._FLAT, *compiler._RULE, *ORDER, *SCOPES})


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_explained(key: str) -> None:
    assert f"`{key}`" in PAGE


def test_no_table_of_the_file_is_missing() -> None:
    assert {key.strip("[]") for key in (*OF_FILES, *TOP)} - {"terms", "pairs"} == set(compiler._TOP)
