"""Edges of the engine that no look at a complaint shows: derived columns, entries written out of order, own packs."""

from zoneinfo import ZoneInfo

from complaintctl import procedures
from complaintctl.procedures import holidays
from complaintctl.rules import condition, example, judge, pack
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.clock import state_of
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import fold, rows
from complaintctl.rules.procedure import Procedure

ZONE = ZoneInfo("Asia/Shanghai")
DAY = "2026-11-20 "
TOLD = {"at": DAY + "09:00", "channel": "phone", "responsibility": "own"}
DISPATCHED = {"step": "dispatched", "at": DAY + "09:05"}

OWN_PACK = """
id = "own"
form = 1
title = { zh = "自订", en = "own" }

[[timer]]
name = "silent"
from = "received"
limit = "2 hours"
unless = "contacted"
clause = "X 1"
title = { zh = "无回音", en = "silent" }

[[clock]]
id = "X-month"
step = "revisited"
clause = "X 2"
from = "first-receipt"
limit = "1 month"
duty = "desk"
title = { zh = "一月", en = "month" }

[[clock]]
id = "X-referred"
step = "referred"
rung = 2
ground = "sent"
clause = "X 3"
from = "dispatched"
limit = "1 hour"
duty = "desk"
title = { zh = "上报", en = "refer" }

[[clock]]
id = "X-silent"
step = "verified"
clause = "X 4"
when = { silent = true }
from = "became"
limit = "1 hour"
duty = "desk"
title = { zh = "核实", en = "verify" }
"""


def at(text):
    return example.moment(text if " " in text else DAY + text, ZONE)


def own_book(text, name):
    snapshot = pack.parse(text, procedures.common(), name)
    return Book(ZONE, [(0, Procedure(snapshot))], [(0, Calendar.from_snapshot(holidays.shipped()))])


SITE = own_book(procedures.text("site-standard"), "site-standard")


def lived(*steps, told=TOLD, book=SITE, more=()):
    life = fold([*example.Script({"told": told, "steps": steps}, ZONE).entries, *more], book)
    assert life is not None
    return life


def only(life, clock_id, round_number=1):
    found = [one for one in life.clocks if (one.id, one.round) == (clock_id, round_number)]
    assert len(found) == 1, [one.id for one in life.clocks]
    return found[0]


def entry(seq, kind, clock, batch=None, **body):
    return Entry(seq, batch or seq, "complaint/1", kind, at(clock), at(clock), "desk", body, None)


def marks(life, step):
    return [(one.at, one.detail) for one in life.course.milestones if one.step == step]


# ---- conditions


def test_conditions_under_all_and_not_are_heard_and_those_under_not_are_no_grounds():
    both = {"all": [{"kind": "repair"}, {"households": {"at_least": 5}}], "not": {"nameless": True}}
    known = {"kind": "repair", "households": 5, "nameless": False}
    assert condition.holds(both, known)
    assert not condition.holds(both, {**known, "households": 4})
    assert not condition.holds(both, {**known, "nameless": True})
    assert dict(condition.grounds(both, known)) == {"kind": "repair", "households": 5}
    assert list(condition.leaves(both)) == ["kind", "households", "nameless"]
    either = {"any": [{"danger": True}, {"outage": True}]}
    assert dict(condition.grounds(either, {"danger": False, "outage": True})) == {"outage": True}


# ---- states of moments


def test_the_state_of_moments_that_are_rare_together():
    assert state_of(100, 200, 150, None, None, 140) == "running"
    assert state_of(100, 200, 150, 150, None, 160) == "met"
    assert state_of(100, 200, 180, 150, "lifted", 190) == "lifted"
    assert state_of(None, None, 150, 150, "lifted", 160) == "lifted"
    assert state_of(100, None, 150, 150, "lifted", 160) == "done"
    assert state_of(None, 200, 150, 150, "lifted", 160) == "met"
    assert state_of(None, None, 150, None, None, 160) == "done"
    assert state_of(None, 200, None, 300, "lifted", 400) == "lifted"


def test_an_earlier_look_does_not_know_what_met_the_clock_later():
    life = lived(DISPATCHED, {"step": "contacted", "at": DAY + "10:00"})
    index = life.clocks.index(only(life, "C-contacted-2h"))
    assert life.seen_at(at("09:59")).states[index] == "running"
    assert life.seen_at(at("10:00")).states[index] == "met"


# ---- derived columns of clocks


def test_a_met_clock_has_no_end_and_says_what_met_it():
    told = {"step": "notified", "via": "phone", "note": True, "accepted": True, "at": DAY + "10:30"}
    life = lived(DISPATCHED, {"step": "resolved", "at": DAY + "10:00"}, told)
    clock = only(life, "C-contacted-2h")
    assert (clock.met_at, clock.met_by, clock.ended_at, clock.ended_by) == (at("10:30"), "notified", None, None)
    assert clock.over and not clock.provisional


def test_a_lifted_clock_is_over_only_where_an_entry_ended_it():
    life = lived(DISPATCHED, {"amend": {"responsibility": "outside"}, "at": DAY + "10:00"})
    first = only(life, "Q-class-1")
    assert (first.ended_at, first.ended_by, first.over) == (at("10:00"), "lifted", True)
    third = only(life, "Q-class-3")
    assert (third.ended_at, third.ended_by, third.over) == (None, None, False)
    assert dict(third.because)["class"] == "3"
    assert not only(life, "C-passed-on-outside").provisional
    # The month makes it major on 20 December; until something is written after that, only time says so.
    by_time = only(lived(DISPATCHED), "R-resolved-minor")
    assert (by_time.ended_at, by_time.over) == (at("2026-12-20 24:00"), False)
    later = lived(DISPATCHED, {"step": "chased", "at": "2026-12-22 09:00"})
    assert only(later, "R-resolved-minor").over


def test_a_clock_rests_on_what_was_known_when_it_started():
    life = lived(DISPATCHED, {"amend": {"fault": True}, "at": DAY + "10:00"})
    referred = only(life, "R-referred-important")
    assert (referred.started_at, referred.due_at) == (at("10:00"), at("11:00"))
    assert dict(referred.because) == {"severity": "important"}
    known = lived({"amend": {"responsibility": "own"}, "at": DAY + "10:00"}, {**DISPATCHED, "at": DAY + "11:00"},
                  told={**TOLD, "responsibility": "unknown"})  # fmt: skip
    assert dict(only(known, "H-planned").because)["validity"] == "valid"


def test_what_was_done_before_its_clock_could_start_ends_it():
    clock = only(lived(DISPATCHED, {"step": "form-returned", "at": DAY + "10:00"}), "R-form-returned")
    assert (clock.started_at, clock.met_at, clock.ended_at) == (None, at("10:00"), at("10:00"))


def test_replaced_and_agreed_clocks():
    agreed = {"agreed_by": "2026-11-27 18:00", "at": DAY + "10:00"}
    life = lived(DISPATCHED, agreed)
    old, new = only(life, "Q-class-1"), only(life, "agreed")
    assert (old.ended_at, old.ended_by, old.over, old.met_at) == (at("10:00"), "replaced", True, None)
    assert (new.due_at, new.met_by, new.ended_at, new.ended_by, new.over) == (
        at("2026-11-27 18:00"), None, None, None, False,
    )  # fmt: skip
    withdrawn = lived(DISPATCHED, agreed, {"step": "resolved", "outcome": "withdrawn", "at": DAY + "11:00"})
    met = only(withdrawn, "agreed")
    assert (met.met_at, met.met_by, met.ended_at, met.ended_by, met.over) == (at("11:00"), "resolved", None, None, True)
    no_more = only(lived(DISPATCHED, agreed, {"amend": {"kind": "inquiry"}, "at": DAY + "10:30"}), "agreed")
    assert (no_more.ended_at, no_more.ended_by, no_more.over) == (at("10:30"), "lifted", True)


def test_what_an_imported_row_cannot_tell_is_over():
    life = lived(told={**TOLD, "imported": {"time_unknown": True, "unrecorded": ["verified"]}})
    assert (only(life, "C-contacted-2h").ended_by, only(life, "C-contacted-2h").over) == ("unknown", True)
    assert (only(life, "H-verified-same-day").ended_by, only(life, "H-verified-same-day").over) == ("unrecorded", True)


def test_what_was_wrong_from_the_start_was_lifted_at_its_start():
    wrong = {"amend": {"responsibility": "outside"}, "from_the_start": True, "at": DAY + "19:00"}
    clock = only(lived(DISPATCHED, wrong), "Q-class-1")
    assert (clock.started_at, clock.ended_at, clock.ended_by, clock.over) == (at("09:05"), at("09:05"), "lifted", True)
    only_later = lived(DISPATCHED, {**wrong, "from_the_start": False})
    assert marks(only_later, "wrong-from-the-start") == []
    assert only(only_later, "Q-class-1").ended_at == at("19:00")


def test_of_two_corrections_from_the_start_only_the_last_was_ever_true():
    life = lived(
        DISPATCHED,
        {"amend": {"responsibility": "outside"}, "from_the_start": True, "at": DAY + "10:00"},
        {"amend": {"responsibility": "own"}, "from_the_start": True, "at": DAY + "11:00"},
    )
    assert [one.known["class"] for one in life.course.versions] == ["1"] * len(life.course.versions)


# ---- words, promises and matters


def test_two_words_in_one_minute_start_one_wait():
    words = [{"step": step, "at": DAY + "10:00"} for step in ("contacted", "progress-told")]
    assert only(lived(DISPATCHED, *words), "H-progress").due_at == at("2026-11-25 24:00")


def test_a_word_answered_before_progress_was_owed_starts_nothing():
    words = [{"step": "contacted", "at": DAY + clock} for clock in ("10:00", "11:00")]
    calm = {"amend": {"outage": False}, "at": DAY + "12:00"}
    clock = only(lived(DISPATCHED, *words, calm, told={**TOLD, "outage": True}), "H-progress")
    assert (clock.started_at, clock.due_at) == (at("12:00"), at("2026-11-25 24:00"))


def test_a_word_given_before_a_promise_does_not_keep_it_though_written_after():
    promise = {"step": "contacted", "promise": DAY + "18:00", "at": DAY + "10:00"}
    before = only(lived(DISPATCHED, promise, {"step": "progress-told", "at": DAY + "09:30"}), "C-word-given")
    assert (before.due_at, before.met_at) == (at("18:00"), None)
    same = only(lived(DISPATCHED, promise, {"step": "progress-told", "at": DAY + "10:00"}), "C-word-given")
    assert same.met_at == at("10:00")


def test_each_matter_is_dealt_with_by_its_own_deed():
    raised = [entry(4, "revisited", "12:00", answer="satisfied", raised=True, promise=at("18:00")),
              entry(5, "revisited", "12:30", answer="satisfied", raised=True)]  # fmt: skip
    early = entry(6, "recorded", "11:00", steps=["matters-dealt-with"])
    second = entry(7, "recorded", "13:00", steps=["matters-dealt-with"], matter=5)
    life = lived(DISPATCHED, {"step": "resolved", "at": DAY + "10:00"}, more=[*raised, early, second])
    first, other = (one for one in life.clocks if one.id == "H-matters")
    assert (first.due_at, first.limit, first.parameter, first.met_at) == (at("18:00"), None, None, None)
    assert (other.due_at, other.met_at) == (at("2026-11-25 24:00"), at("13:00"))
    assert (other.limit, other.parameter) == ("3 workdays", "matters")


def test_a_time_promised_in_passing_is_no_reply_agreed_and_an_agreed_one_is_one():
    passing = entry(3, "referred", "10:00", rung=2, promise=at("18:00"))
    assert marks(lived(DISPATCHED, more=[passing]), "reply-agreed") == []
    agreed = {"step": "reply-agreed", "agreed_by": DAY + "18:00", "at": DAY + "10:00"}
    assert marks(lived(DISPATCHED, agreed), "reply-agreed") == [(at("10:00"), None)]


# ---- the course


def test_a_batch_undone_never_happened_and_its_undoing_does_nothing():
    written = [entry(3, "recorded", "10:00", batch=9, steps=["contacted"]), entry(4, "undone", "10:05", batch=10)]
    written[1].body["batch"] = 9
    assert marks(lived(DISPATCHED, more=written), "contacted") == []


def test_a_notice_after_the_solution_leaves_the_outcome():
    told = {"step": "notified", "via": "phone", "note": True, "accepted": True, "at": DAY + "11:00"}
    life = lived(DISPATCHED, {"step": "resolved", "outcome": "partly", "at": DAY + "10:00"}, told)
    assert (life.course.outcome, life.course.resolved_at) == ("partly", at("10:00"))
    thanks = lived(told, told={**TOLD, "kind": "suggestion"})
    assert (thanks.course.outcome, thanks.course.resolved_at, thanks.stage) == (None, None, "closed")


def test_closing_by_hand_counts_once_and_ends_with_the_round():
    closed = [{"step": "closed", "at": DAY + clock} for clock in ("11:00", "12:00")]
    life = lived(DISPATCHED, *closed)
    assert (life.course.closed_at, life.course.closed_by_hand) == (at("11:00"), True)
    again = lived(DISPATCHED, *closed, {"step": "reopened", "at": DAY + "13:00"})
    assert (again.course.closed_at, again.course.closed_by_hand) == (None, False)
    assert marks(again, "reopened") == [(at("13:00"), "closed")]
    never = lived(DISPATCHED, {"step": "reopened", "at": DAY + "13:00"})
    assert (never.course.closed_by_hand, marks(never, "reopened")) == (False, [(at("13:00"), None)])


def test_it_becomes_major_once_by_the_month():
    life = lived(DISPATCHED, {"step": "chased", "at": "2026-12-22 09:00"})
    assert marks(life, "became-major") == [(at("2026-12-20 24:00"), None)]
    assert marks(lived(told={**TOLD, "kind": "inquiry"}), "became-major") == []


def test_a_referral_for_an_event_is_marked_as_one():
    both = [entry(3, "referred", "10:00", rung=3, event=1), entry(4, "referred", "11:00", rung=3)]
    assert marks(lived(DISPATCHED, more=both), "referred") == [(at("10:00"), "event"), (at("11:00"), None)]


# ---- rows and reasons


def test_the_row_of_a_complaint_tells_its_first_round():
    life = lived(
        DISPATCHED,
        {"step": "contacted", "at": DAY + "09:30"},
        {"step": "contacted", "at": DAY + "09:40"},
        {"step": "dispatched", "at": DAY + "09:45"},
        {"step": "resolved", "at": DAY + "10:00"},
        {"step": "chased", "at": DAY + "10:10"},
        {"step": "reopened", "at": DAY + "11:00"},
        {"step": "resolved", "at": DAY + "12:00"},
    )
    row, clocks, milestones = rows(life)
    firsts = [row[name] for name in ("dispatched_at", "contacted_at", "first_resolved_at", "resolved_at")]
    assert firsts == [at("09:05"), at("09:30"), at("10:00"), at("12:00")]
    assert (row["round"], row["reopened"], row["chased"], row["repeat"], row["imported"]) == (2, 1, 1, 1, 0)
    assert (row["last_seq"], row["event"], row["collective_at"]) == (9, None, None)
    assert (row["becomes_major_at"], row["outcome"]) == (None, "solved")
    assert [one["n"] for one in clocks] == list(range(1, len(clocks) + 1))
    assert [one["n"] for one in milestones] == list(range(1, len(milestones) + 1))
    parameter = {one["clock"]: one["parameter"] for one in clocks}
    assert (parameter["H-planned"], parameter["R-dispatched-10min"]) == (1, 0)


def test_the_row_of_a_complaint_that_time_and_an_event_move():
    linked = {"step": "linked", "households": 5, "since": DAY + "09:30", "at": DAY + "10:00"}
    row = rows(lived(DISPATCHED, linked, told={**TOLD, "imported": {"unrecorded": []}})).complaint
    assert (row["becomes_major_at"], row["severity"], row["repeat"]) == (at("2026-12-20 24:00"), "minor", 0)
    assert (row["collective_at"], row["event"], row["imported"], row["households"]) == (at("09:30"), 1, 1, 5)
    later = rows(lived(DISPATCHED, {"amend": {"fault": True}, "at": DAY + "10:00"})).complaint
    assert later["severity"] == "important"
    assert rows(lived(DISPATCHED, {"step": "resolved", "at": DAY + "10:00"})).complaint["becomes_major_at"] is None
    twice = lived({"amend": {"over_one_month": True}, "at": DAY + "10:00"},
                  {"amend": {"over_one_month": False}, "at": DAY + "11:00"})  # fmt: skip
    assert rows(twice).complaint["becomes_major_at"] == at("2026-12-20 24:00")


def test_an_intake_undone_leaves_no_life():
    intake = example.Script({"told": TOLD, "steps": []}, ZONE).entries
    undone = Entry(2, 2, "complaint/1", "undone", at("10:00"), at("10:00"), "desk", {"batch": 1}, None)
    assert fold([*intake, undone], SITE) is None


def test_reasons_name_the_clerk_where_he_overruled_and_what_the_rules_alone_say():
    procedure = SITE.procedures[0][1]
    life = lived(DISPATCHED, {"overrule": {"urgency": "urgent"}, "at": DAY + "10:00"})
    found = {one.facet: one for one in life.seen_at(at("10:00")).reasons}
    urgency, severity = found["urgency"], found["severity"]
    assert (urgency.value, urgency.derived, urgency.clause, urgency.facts) == ("urgent", "general", "", ())
    assert (severity.value, severity.derived, severity.pack) == ("minor", "minor", "resident-standard")
    assert set(found) == {"severity", "class", "validity", "urgency"}
    # R's month goes over an overruling: then the rule is the reason, not the clerk.
    month = {**life.course.versions[-1].known, "severity": "major"}
    given = {one.facet: one for one in judge.reasons(procedure, month, {"severity": "minor", "repeat": "yes"})}
    assert (given["severity"].value, given["severity"].clause) == ("major", "R 四.3(1)③")
    assert (given["repeat"].value, given["repeat"].derived) == ("yes", None)


def test_a_complaint_major_from_intake_and_one_that_ceased_to_be():
    assert marks(lived(told={**TOLD, "over_one_month": True}), "became-major") == [(at("09:00"), None)]
    ceased = lived({"amend": {"over_one_month": True}, "at": DAY + "10:00"}, {**DISPATCHED, "at": DAY + "10:01"},
                   {"amend": {"over_one_month": False}, "at": DAY + "11:00"},
                   {"step": "resolved", "at": DAY + "12:00"})  # fmt: skip
    assert marks(ceased, "became-major") == [(at("10:00"), None)]
    assert rows(ceased).complaint["becomes_major_at"] is None


def test_what_has_no_limit_or_no_start_never_runs_out():
    life = lived(DISPATCHED)
    assert not life.course.closed_by_hand
    assert only(life, "Q-opinion").ran_out_at() is None
    timed = only(life, "C-contacted-2h")
    assert timed.ran_out_at() == at("11:00")
    assert timed._replace(started_at=None).ran_out_at() is None


def test_a_time_asked_for_as_it_was_received_is_taken():
    life = lived(told={**TOLD, "requested_by": DAY + "09:00"})
    assert only(life, "R-resolved-minor").due_at == at("09:00")


def test_a_deed_written_before_the_matter_was_raised_is_not_its_own():
    deed = entry(4, "recorded", "13:00", steps=["matters-dealt-with"])
    raised = entry(5, "revisited", "12:45", answer="satisfied", raised=True)
    solved = {"step": "resolved", "at": DAY + "10:00"}
    assert only(lived(DISPATCHED, solved, more=[deed, raised]), "H-matters").met_at is None
    after = entry(6, "recorded", "12:45", steps=["matters-dealt-with"])
    assert only(lived(DISPATCHED, solved, more=[deed, raised, after]), "H-matters").met_at == at("12:45")


# ---- a pack of the office's own


def test_a_limit_from_the_first_receipt_is_not_moved_by_a_reopening():
    life = lived({"step": "reopened", "at": "2026-11-25 09:00"}, book=own_book(OWN_PACK, "own"))
    assert only(life, "X-month", 2).due_at == at("2026-12-20 24:00")


def test_a_referral_before_its_clock_could_start_does_not_meet_it():
    early = {"step": "referred", "rung": 2, "at": DAY + "09:02"}
    assert only(lived(early, book=own_book(OWN_PACK, "own")), "X-referred").started_at is None
    clock = only(lived(early, DISPATCHED, book=own_book(OWN_PACK, "own")), "X-referred")
    assert (clock.due_at, clock.met_at) == (at("10:05"), None)


def test_a_timer_is_held_off_by_its_own_step_in_its_own_round():
    book = own_book(OWN_PACK, "own")
    assert only(lived(DISPATCHED, book=book), "X-silent").due_at == at("12:00")
    word = {"step": "contacted", "at": DAY + "10:00"}
    assert [one.id for one in lived(DISPATCHED, word, book=book).clocks if one.id == "X-silent"] == []
    resolved = lived(DISPATCHED, {"step": "resolved", "at": DAY + "10:00"}, book=book)
    assert only(resolved, "X-silent").due_at == at("12:00")
    again = lived(DISPATCHED, word, {"step": "reopened", "at": DAY + "10:30"}, book=book)
    assert only(again, "X-silent", 2).due_at == at("13:30")


RAN_OUT = """
[[clock]]
id = "X-solve"
step = "resolved"
clause = "X 5"
from = "received"
limit = "1 hour"
duty = "desk"
title = { zh = "解决", en = "solve" }

[[clock]]
id = "X-opinion"
step = "opinion"
clause = "X 6"
from = "ran-out:resolved"
of = "own"
limit = "1 hour"
duty = "desk"
title = { zh = "意见", en = "opinion" }

[[clock]]
id = "X-repairs-only"
step = "opinion"
clause = "X 7"
when = { kind = "repair" }
from = "ran-out:resolved"
of = "own"
limit = "1 hour"
duty = "desk"
title = { zh = "意见", en = "opinion" }
"""


def test_what_follows_a_limit_run_out_may_be_any_step_and_only_where_it_applies():
    book = own_book(OWN_PACK + RAN_OUT, "own")
    life = lived(DISPATCHED, {"step": "opinion", "at": DAY + "10:30"}, book=book)
    clock = only(life, "X-opinion")
    assert (clock.started_at, clock.due_at, clock.met_at) == (at("10:00"), at("11:00"), at("10:30"))
    assert [one for one in life.clocks if one.id == "X-repairs-only"] == []
