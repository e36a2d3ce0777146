"""Visits played out of a script, as the sample desk does: every verb, each at its own moment."""

from typing import Any

from complaintctl.desk.play import play
from complaintctl.desk.visit import looked_at

SCRIPT: list[dict[str, Any]] = [
    {"at": "2026-07-06 09:00", "do": "visit-plan", "key": "forum", "kind": "forum", "on": "2026-09-12", "person": "甲"},
    {"at": "2026-07-06 09:10", "do": "visit-plan", "key": "call", "kind": "director", "on": "2026-09-20"},
    {"at": "2026-09-10 09:00", "do": "visit-plan", "key": "forum", "on": "2026-09-14"},
    {
        **{"at": "2026-09-14 18:00", "do": "visit-record", "key": "forum", "participants": 35, "topic": "停车"},
        **{"raised": ["加车架"], "asked": ["何时换梯"], "reply_by": "2026-09-18 18:00"},
    },
    {"at": "2026-09-15 09:00", "do": "visit-raised", "key": "forum", "text": "修门", "promise": "2026-09-16 12:00"},
    {"at": "2026-09-15 09:05", "do": "visit-asked", "key": "forum", "text": "何时收费", "reply_by": "2026-09-20 09:00"},
    {"at": "2026-09-16 11:00", "do": "visit-dealt", "key": "forum", "n": 3, "text": "已修"},
    {"at": "2026-09-18 18:01", "do": "visit-answered", "key": "forum", "n": 2, "text": "明年"},
    {"at": "2026-09-19 10:00", "do": "visit-drop", "key": "call", "reason": "出差"},
    {"at": "2026-09-21 10:00", "do": "visit-record", "key": "poll", "kind": "questionnaire", "sent": 100},
    {"at": "2026-09-28 10:00", "do": "visit-result", "key": "poll", "returned": 80, "satisfied": 60, "result": "良好"},
]


def test_a_script_plays_every_verb_of_visits(desk: Any) -> None:
    known: dict[str, int] = {}
    steps = [{"by": "文员", **step} for step in SCRIPT]
    assert len(list(play(desk("2026-07-01 09:00"), steps, known))) == len(SCRIPT)
    office = desk("2026-10-01 09:00")
    forum, call, poll = (looked_at(office, str(known[key])) for key in ("forum", "call", "poll"))
    assert (forum.state(office.now), forum.private["by"], forum.told["participants"]) == ("held", "甲", 35)
    assert [(one.n, one.kind, one.state(office.now)) for one in forum.matters] == [
        (1, "raised", "overdue"),
        (2, "asked", "late"),
        (3, "raised", "met"),
        (4, "asked", "overdue"),
    ]
    assert {entry.actor for entry in forum.entries} == {"文员"}
    assert (call.state(office.now), call.private["reason"]) == ("dropped", "出差")
    assert dict(poll.told) == {"sent": 100, "returned": 80, "satisfied": 60}
