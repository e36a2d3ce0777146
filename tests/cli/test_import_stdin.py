"""`import -`: the register comes through standard input, and is judged and taken as a file is."""

import io
from typing import Any

import pytest

NOW = "2026-11-22 09:00"
TEXT = "日期,房号,内容\n2025/3/7,3-1-101,电梯坏了没人修\n2025/3/8,3-1-102,门禁坏了没人修\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_register_is_taken_from_standard_input_once(clerk: Any, encoding: str) -> None:
    given = TEXT.encode(encoding)
    done = clerk(NOW, "import", "-", "--json", stdin=given).data
    assert (done["counts"]["taken"], done["file"], done["encoding"]) == (2, "-", encoding)
    again = clerk(NOW, "import", "-", "--json", stdin=given).data
    assert again["counts"]["duplicate"] == 2


def test_a_workbook_comes_through_too(clerk: Any) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is an optional part (complaintctl[xlsx])")
    book, saved = openpyxl.Workbook(), io.BytesIO()
    for row in (["日期", "内容"], ["2025/3/7", "电梯坏了没人修"]):
        book.active.append(row)
    book.save(saved)
    assert clerk(NOW, "import", "-", "--json", stdin=saved.getvalue()).data["counts"]["taken"] == 1


def test_what_is_wrong_names_standard_input(clerk: Any) -> None:
    before = clerk.digest()
    for given in (b"", b"\x00\x01"):
        assert (
            clerk(NOW, "import", "-", "--json", stdin=given, code=2).json["error"]["message"].startswith("-, line 1:")
        )
    assert clerk.digest() == before


def test_its_rest_needs_a_name(clerk: Any) -> None:
    open_row = TEXT + ",3-1-103,路灯坏了\n"
    error = clerk(NOW, "import", "-", "--partial", "--json", stdin=open_row, code=2).json["error"]
    assert "--corrections" in error["message"]
    rest = clerk.ledger.with_name("rest.csv")
    clerk(NOW, "import", "-", "--partial", "--corrections", str(rest), "--json", stdin=open_row, code=2)
    assert "路灯坏了" in rest.read_text("utf-8-sig")


@pytest.mark.parametrize("heading", ["情况描述", "详细描述", "工单内容", "事件经过"])
def test_what_work_orders_call_the_text_is_known(clerk: Any, heading: str) -> None:
    given = f"工单号,日期,{heading},处理情况\n7,2025/3/7,电梯坏了没人修,已修好\n"
    columns = clerk(NOW, "import", "-", "--dry-run", "--json", stdin=given).data["columns"]
    assert columns == {"工单号": "serial", "日期": "received_at", heading: "text", "处理情况": "result"}
