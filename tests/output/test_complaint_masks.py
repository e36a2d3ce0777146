"""What anybody may see of a name, a phone number, a unit and a free text."""

import pytest

from complaintctl.output import masks


@pytest.mark.parametrize(("name", "shown"), [("张三", "张*"), ("欧阳小明", "欧*"), (" John Smith", "J*"), ("", "*")])
def test_name(name: str, shown: str) -> None:
    assert masks.name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("15400005678", "154****5678"),
        ("154 0000 5678", "154****5678"),
        ("+8615400005678", "861****5678"),
        ("021-6555123", "02****23"),
        ("6555123", "65****23"),
        ("110", "1****"),
        ("微信 zhang3", "微****"),
    ],
)
def test_phone(phone: str, shown: str) -> None:
    assert masks.phone(phone) == shown


@pytest.mark.parametrize(
    ("unit", "building", "shown"),
    [
        ("3-2-501", "3", "3-*"),
        ("12栋501", "12", "12栋*"),
        ("3号楼二单元", "3", "3号楼*"),
        ("门岗", None, "*"),
        ("3-2-501", "4", "*"),
        ("3", "3", "3*"),
    ],
)
def test_unit(unit: str, building: str | None, shown: str) -> None:
    assert masks.unit(unit, building) == shown


def test_free_text_loses_what_names_the_complainant_and_nothing_else() -> None:
    private = {"name": "张三", "phone": "021-6555123", "unit": "3-2-501"}
    text = "张三住3-2-501，电话021-6555123或15400005678，车牌粤B12345，工单20261120123456，3楼"
    assert masks.words(text, private, "3") == (
        "张*住3-*，电话02****23或154****5678，车牌粤B12345，工单20261120123456，3楼"
    )
    assert masks.words("李四说了算", {"name": "李"}, None) == "李四说了算"
    assert masks.words("154-0000-5678", {}, None) == "154****5678"


def test_a_department_is_no_private_matter() -> None:
    assert masks.party("工程部", ("工程部",)) == "工程部"
    assert masks.party("王保安", ("工程部",)) == "王*"
    assert masks.departments({"departments": ["工程部", {"name": "客服部"}]}) == ("工程部", "客服部")
    assert masks.departments({}) == ()
