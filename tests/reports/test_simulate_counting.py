"""Fine points of trying another procedure: what speaks for a step, what cannot be judged, who had a job."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from complaintctl.reports.simulate import Simulation
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.example import moment
from complaintctl.rules.life import fold
from complaintctl.rules.officehours import OfficeHours
from complaintctl.rules.procedure import Procedure
from complaintctl.rules.simulate import asked, under

OWN = {"responsibility": "own", "channel": "phone"}


def at(site: Any, text: str) -> int:
    return moment(f"2026-{text}", site.book.zone)


def tried(site: Any, snapshot: dict[str, Any], now: str) -> Simulation:
    hours = OfficeHours(Calendar.from_toml('[hours]\nfri = ["08:00-18:00"]\n'))
    found = Simulation(Procedure(snapshot), hours, at(site, now))
    for complaint, entries in site.entries.items():
        other = fold(entries, under(site.book, found.procedure))
        assert other is not None
        found.take(site.life(complaint), other)
    return found


def states(site: Any, complaint: int, now: str, step: str) -> list[tuple[str, int | None]]:
    found = asked(site.life(complaint), at(site, now)).values()
    return [(one.state, one.due_at) for one in found if one.step == step and not one.ground]


def test_what_ran_out_and_was_lifted_speaks_for_its_step(site: Any) -> None:
    """Class 1 until 19:00, when the cause was found outside: 18:06 stays late, though class 3 has three days more."""
    complaint = site.told("11-20 14:00", responsibility="unknown", channel="phone")
    site.do(complaint, "dispatched", "11-20 14:06")
    assert states(site, complaint, "11-20 18:06", "resolved") == [("running", at(site, "11-20 18:06"))]
    assert states(site, complaint, "11-20 18:07", "resolved") == [("overdue", at(site, "11-20 18:06"))]
    site.do(complaint, "amended", "11-20 19:00", facts={"responsibility": "outside"})
    assert states(site, complaint, "11-20 19:01", "resolved") == [("missed", at(site, "11-20 18:06"))]
    # Once class 3 has run out, too, it is again something that can still be done.
    assert states(site, complaint, "11-24 00:01", "resolved") == [("overdue", at(site, "11-20 18:06"))]


def test_lifted_in_time_it_was_never_asked(site: Any) -> None:
    complaint = site.told("11-20 14:00", fault=True, **OWN)
    site.do(complaint, "dispatched", "11-20 14:05")
    site.do(complaint, "resolved", "11-20 14:50")
    found = [one for one in asked(site.life(complaint), at(site, "11-20 16:00")).values() if one.rung == 3]
    assert [(one.state, one.told, one.due_at) for one in found] == [("not-asked", False, None)]


def test_a_referral_without_a_limit_is_told_as_soon_as_it_stands(site: Any, snapshots: Callable[[str], Any]) -> None:
    """Q 4.2.5: the manager at once, then the manager's opinion to the company, which has no limit."""
    complaint = site.told("11-20 14:00", difficult=True, **OWN)
    site.do(complaint, "dispatched", "11-20 14:02")
    site.do(complaint, "resolved", "11-20 14:09")
    found = tried(site, snapshots("work-instruction"), "11-20 18:00")
    # Solved within the ten minutes: the manager need not be told any more, but the company's copy stood from 14:00.
    assert {key: (len(one.now), len(one.simulated)) for key, one in found.told.items()} == {(4, "difficult"): (1, 1)}


@pytest.mark.parametrize("imported", [{"time_unknown": True}, {"unrecorded": ["dispatched", "contacted"]}])
def test_imported_without_times_is_left_out(
    site: Any, snapshots: Callable[[str], Any], imported: dict[str, Any]
) -> None:
    complaint = site.told("11-20 00:00", imported=imported, **OWN)
    site.do(complaint, "resolved", "11-20 00:00")
    found = tried(site, snapshots("service-code"), "11-27 09:00")
    dispatched, contacted = (found.first[step, None, None] for step in ("dispatched", "contacted"))
    assert [(one.asked, one.unknown) for one in (*dispatched, *contacted)] == [(0, 1)] * 4
    assert found.work.untimed == 1 and not found.work.departments and not found.work.open


def test_who_had_it_last_had_the_job(site: Any, snapshots: Callable[[str], Any]) -> None:
    """Sent to one department at 09:00 and on to another at 11:00: one job, of the second, since 09:00."""
    complaint = site.told("11-20 08:55", **OWN)
    site.do(complaint, "dispatched", "11-20 09:00", department="客服部")
    site.do(complaint, "dispatched", "11-20 11:00", department="工程部")
    site.do(complaint, "resolved", "11-20 12:00")
    explained = site.told("11-20 09:00", responsibility="none", channel="phone")
    site.do(explained, "notified", "11-20 09:30")
    site.told("11-20 10:00", **OWN)
    work = tried(site, snapshots("work-instruction"), "11-20 18:00").work
    assert {name: (one.jobs, one.elapsed) for name, one in work.departments.items()} == {
        "工程部": (1, 3 * 3600),
        None: (1, 1800),
    }
    assert (work.open, work.departments[None].now.limited) == (1, 0)


def test_the_desks_delay_is_not_the_departments(site: Any, snapshots: Callable[[str], Any]) -> None:
    """Two days from Friday are over when it goes out on Monday; the two hours from there to the solution are short."""
    complaint = site.told("11-20 09:00", **OWN)
    site.do(complaint, "dispatched", "11-23 09:00")
    site.do(complaint, "resolved", "11-23 11:00")
    then = tried(site, snapshots("resident-standard"), "11-24 09:00").work.departments["工程部"].simulated
    assert (then.limited, then.late, then.allowed, then.short) == (1, 1, 0, 2 * 3600)
    # A Monday without office hours in this calendar.
    assert then.outside == 2 * 3600


def test_a_repair_is_counted_apart(site: Any, snapshots: Callable[[str], Any]) -> None:
    site.told("11-20 09:00", kind="repair", **OWN)
    site.told("11-20 09:00", **OWN)
    found = tried(site, snapshots("office-handbook"), "11-20 18:00")
    assert (found.first["dispatched", None, None][0].late, found.repairs["dispatched", None, None][1].late) == (1, 1)
    assert found.first["dispatched", None, None][1].asked == 0


def test_the_calendars_stay_as_adopted(site: Any, snapshots: Callable[[str], Any]) -> None:
    earlier, later = Calendar.from_toml(""), Calendar.from_toml('holidays = ["2026-11-23"]')
    book = Book(site.book.zone, site.book.procedures, [(0, earlier), (5, later)])
    other = under(book, Procedure(snapshots("service-code")))
    assert other.calendars == [(0, earlier), (5, later)] and other.zone == book.zone
    assert other.procedure_at(at(site, "11-20 09:00")).id == "service-code"


def test_solved_at_the_due_moment_is_in_time(site: Any, snapshots: Callable[[str], Any]) -> None:
    for minute in ("00", "01"):
        complaint = site.told("11-20 08:55", **OWN)
        site.do(complaint, "dispatched", "11-20 09:00")
        site.do(complaint, "resolved", f"11-20 13:{minute}")
    then = tried(site, snapshots("work-instruction"), "11-20 18:00").work.departments["工程部"].simulated
    assert (then.limited, then.late, then.short) == (2, 1, 60)


def test_closed_unsolved_is_nobodys_work(site: Any, snapshots: Callable[[str], Any]) -> None:
    for close in (False, True):
        complaint = site.told("11-20 09:00", **OWN)
        site.do(complaint, "dispatched", "11-20 09:05")
        if close:
            site.do(complaint, "closed", "11-20 12:00")
    assert tried(site, snapshots("service-code"), "11-20 18:00").work.open == 1


def test_recurring_words_are_matched_by_their_moment(site: Any, snapshots: Callable[[str], Any]) -> None:
    """Where looking into it is a word to the resident as well, the other procedure numbers the words differently."""
    snapshot = json.loads(json.dumps(snapshots("site-standard")))
    snapshot["steps"]["verified"]["contains"] = ["word-given"]
    complaint = site.told("11-20 09:00", **OWN)
    site.do(complaint, "verified", "11-20 09:30")
    site.do(complaint, "contacted", "11-20 10:00")
    found = tried(site, snapshot, "11-27 09:00")
    now, then = found.first["progress-told", None, None]
    assert (now.late, now.asked, then.late, then.asked) == (1, 1, 1, 2)
    assert not [one for one in found.changes if one.step == "progress-told"]
