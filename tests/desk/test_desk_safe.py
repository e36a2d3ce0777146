"""What is private: attached, shown with a reason, and erased for ever."""

from pathlib import Path
from typing import Any

import pytest

from complaintctl.desk import keep
from complaintctl.desk.assign import assign
from complaintctl.desk.attach import attach
from complaintctl.desk.log import Intake, log
from complaintctl.desk.office import private_facts
from complaintctl.desk.record import Record, record
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.reveal import reveal
from complaintctl.desk.undo import undo
from complaintctl.errors import NotFound

SECRETS = ("独孤求败", "15400006789", "7-7-707", "地下车库漏水", "要求赔偿", "经办人柳", "楼上说没有", "照片字节")


def taken(desk: Any) -> str:
    """A complaint of which every private word is one of the secrets."""
    facts = {
        **{"name": "独孤求败", "phone": "15400006789", "unit": "7-7-707", "text": "地下车库漏水", "demand": "要求赔偿"},
        **{"responsibility": "own", "channel": "phone"},
    }
    name = str(log(desk("09:00"), Intake(facts)).life.id)
    assign(desk("09:05"), [name], "工程部", person="经办人柳")
    record(desk("09:30"), [name], Record(["contacted"], "楼上说没有"))
    attach(desk("09:40"), name, [("漏水.jpg", "照片字节".encode())])
    return name


def left_in(path: Path) -> set[str]:
    whole = path.read_bytes()
    return {secret for secret in SECRETS if secret.encode() in whole}


def test_forgetting_leaves_no_byte_of_it_and_a_whole_chain(desk: Any, ledger_file: Path) -> None:
    name = taken(desk)
    assert left_in(ledger_file) == set(SECRETS)
    clocks = desk.clocks(name, "10:00")
    head = desk.ledger.head()[0]
    assert keep.forget(desk("10:00"), name, "保存期满") == 4
    assert left_in(ledger_file) == set()
    assert desk.ledger.head()[0] == head + 1
    assert keep.verify(desk("10:01")).findings == []
    life = desk.life(name)
    assert private_facts(life) == {}
    # What it was and when each step was taken stays, and it goes on.
    assert desk.clocks(name, "10:00") == clocks
    assert desk.done(name) == ["received", "dispatched", "contacted"]
    assert life.course.building == "7" and life.course.department == "工程部"
    resolve(desk("10:10"), name, Result("处理完毕"))
    assert desk.life(name).stage == "resolved"


def test_what_is_forgotten_is_found_by_no_search(desk: Any) -> None:
    name = taken(desk)
    assert len(desk("09:50").query.search("车库")) == 1
    keep.forget(desk("10:00"), name, "保存期满")
    assert desk("10:01").query.search("车库") == []
    attached = next(entry for entry in desk.life(name).entries if entry.kind == "attached")
    assert attached.private is None and attached.body["evidence"]["size"] == 12


def test_other_complaints_keep_theirs(desk: Any) -> None:
    name, other = taken(desk), desk.take("09:50", name="张三", text="噪音")
    keep.forget(desk("10:00"), name, "保存期满")
    assert private_facts(desk.life(other))["name"] == "张三"
    assert len(desk("10:01").query.search("噪音")) == 1


def test_a_complaint_whose_intake_was_undone_can_be_forgotten_too(desk: Any, ledger_file: Path) -> None:
    facts = {"name": "独孤求败", "text": "地下车库漏水"}
    log(desk("09:00"), Intake(facts))
    undo(desk("09:01"))
    assert left_in(ledger_file) == {"独孤求败", "地下车库漏水"}
    assert keep.forget(desk("09:02"), "1", "误记") == 1
    assert left_in(ledger_file) == set()
    assert keep.verify(desk("09:03")).findings == []
    with pytest.raises(NotFound):
        desk("09:04").find("1")


def test_there_must_be_something_to_forget(desk: Any) -> None:
    before = desk.ledger.head()
    with pytest.raises(NotFound):
        keep.forget(desk("09:00"), "99", "x")
    assert desk.ledger.head() == before


def test_evidence_is_kept_byte_for_byte_with_its_size_and_digest(desk: Any) -> None:
    name = desk.take("09:00")
    pieces = [("灯.jpg", bytes(range(256)) * 300), ("空.txt", b""), ("灯.jpg", b"again"), ("a/b\\..", b"x")]
    attach(desk("09:10"), name, pieces, note="保安拍摄")
    attached = [entry for entry in desk.life(name).entries if entry.kind == "attached"]
    assert [entry.body["evidence"]["size"] for entry in attached] == [76800, 0, 5, 1]
    assert [entry.private["name"] for entry in attached] == [name for name, _ in pieces]
    assert [entry.private["note"] for entry in attached] == ["保安拍摄"] * 4
    assert [desk.ledger.evidence(entry.private["file"]) for entry in attached] == [data for _, data in pieces]
    assert len({entry.private["file"] for entry in attached}) == 4
    assert "灯.jpg" not in str(attached[0].body)
    assert keep.verify(desk("09:20")).findings == []


def test_evidence_comes_also_to_what_is_closed(desk: Any) -> None:
    name = desk.take("09:00")
    resolve(desk("09:10"), name, Result("撤回", "withdrawn"))
    assert attach(desk("09:20"), name, [("a", b"1")]).life.stage == "closed"


def test_showing_what_is_private_is_written_down(desk: Any) -> None:
    name = desk.take("09:00", name="张三")
    life = reveal(desk("09:10", "night"), name, reason="回电")
    entry = life.entries[-1]
    assert (entry.kind, entry.actor, entry.private) == ("revealed", "night", {"reason": "回电"})
    assert desk.done(name) == ["received"]
