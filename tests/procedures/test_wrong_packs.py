"""A wrong pack is refused with its file, the key, and what was expected there."""

import tomllib
from pathlib import Path

import pytest

from complaintctl import procedures
from complaintctl.errors import PackWrong
from complaintctl.rules import pack

HERE = Path(__file__).parent
WRONG = tomllib.loads((HERE / "wrong.toml").read_text(encoding="utf-8"))["wrong"]


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case["file"].removesuffix(".toml"))
def test_a_wrong_pack_is_refused_by_key(case):
    text = (HERE / "wrong" / case["file"]).read_text(encoding="utf-8")
    common = "" if case.get("alone") else procedures.common()
    with pytest.raises(PackWrong) as caught:
        pack.parse(text, common, case["file"])
    values = caught.value.values
    expected = values["expected"].text.format(**values["expected"].values)
    assert values["file"] == case["file"]
    assert values["key"] == case["key"]
    for word in case["words"]:
        assert word in expected


def test_every_wrong_pack_stands_in_the_index_and_there_are_twenty_at_least():
    files = sorted(path.name for path in (HERE / "wrong").glob("*.toml"))
    assert files == sorted(case["file"] for case in WRONG)
    assert len(files) >= 20


def test_a_wrong_pack_is_wrong_usage():
    assert PackWrong.exit_code == 2
