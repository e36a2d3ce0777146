"""A home by one name, however it is written."""

import pytest

from complaintctl.rules.home import home, spellings


@pytest.mark.parametrize(
    "written",
    [
        "3-1-501",
        " 3-1-501 ",
        "３－１－５０１",
        "3栋1单元501",
        "3栋1单元501室",
        "3号楼1单元501室",
        "3#1-501",
        "3幢 1单元 501",
        "3—1—501",
        "3-1-0501",
        "03栋01单元0501室",
    ],
)
def test_one_home_however_it_is_written(written: str) -> None:
    assert home(written) == "3-1-501"


@pytest.mark.parametrize(
    ("written", "plain"), [("A座1203", "a-1203"), ("12栋301", "12-301"), ("别墅", "别墅"), ("-", "-"), ("3-0A", "3-0a")]
)
def test_other_forms(written: str, plain: str) -> None:
    assert home(written) == plain


def test_two_homes_are_two() -> None:
    assert home("3-1-501") != home("3-1-502") != home("31-501") != home("3-1501")
    assert home("3-1-501") != home("3-1-5010") and home("3-10-501") != home("3-1-501")


def test_spellings_hold_what_was_typed_and_the_usual_forms() -> None:
    found = spellings("3栋1单元501室")
    assert found[0] == "3栋1单元501室" and len(set(found)) == len(found)
    assert {"3-1-501", "3号楼1单元501室", "3栋1单元501"} <= set(found)
    assert {"a-1203", "A-1203", "A座1203"} <= set(spellings("A座1203"))
    assert all(home(one) == "3-1-501" for one in spellings("3-1-501"))
    assert {"3-1-501", "3-1-0501", "3栋1单元0501室"} <= set(spellings("3-1-501")) & set(spellings("3-1-0501"))
    assert "3-1-01501" not in spellings("3-1-1501")
    # Only a room of three digits stands with a nought on its plate.
    assert not {"3-1-0012", "3-1-00501"} & set(spellings("3-1-12"))
    assert "0501" not in spellings("501")
