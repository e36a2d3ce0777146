"""What the site adopts, and that what was decided under a procedure and a calendar stays so."""

from typing import Any

import pytest

from complaintctl.desk import keep, packs, replay, site
from complaintctl.desk.assign import assign
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.resolve import Result, resolve
from complaintctl.errors import BadLimit, BadValue
from complaintctl.rules.calendar import Calendar

NEXT_YEAR = """
holidays = ["2027-01-01", "2027-01-04"]
workdays = ["2027-01-09"]
covered = [2027]
"""


def written(text: str) -> Calendar:
    return Calendar.from_toml(text, file="site.toml", zone="Asia/Shanghai")


def in_force(desk: Any) -> Calendar:
    calendar: Calendar = desk("12:00").book.calendars[-1][1]
    return calendar


# ---- procedures


def test_a_complaint_keeps_the_procedure_in_force_when_it_was_received(desk: Any) -> None:
    before = desk.take("09:00")
    site.adopt_procedure(desk("10:00", "manager"), packs.load("service-code"))
    after = desk.take("10:00")
    back_dated = desk.take("09:59")
    packs_of = {name: desk.life(name).course.procedure.id for name in (before, after, back_dated)}
    assert packs_of == {before: "site-standard", after: "service-code", back_dated: "site-standard"}
    # An old one goes its own way to the end: it is revisited, the new one closes at its notice.
    for name in (before, after):
        assign(desk("10:05"), [name], "工程部")
        resolve(desk("10:30"), name, Result("处理完毕"))
        notify(desk("10:40"), name, Told(["visit"], True))
    assert [desk.life(name).stage for name in (before, after)] == ["notified", "closed"]
    assert keep.verify(desk("12:00")).findings == []


def test_the_first_procedure_holds_for_all_earlier_moments(desk: Any) -> None:
    name = desk.take("2025-03-05 09:00")
    assert desk.life(name).course.procedure.id == "site-standard"


def test_parameters_change_from_now_on_and_say_what_they_can_be(desk: Any) -> None:
    old = desk.take("09:00")
    site.set_parameters(desk("09:30", "manager"), {"at-once": "5 minutes", "revisit": "7天"})
    new = desk.take("09:30")
    assert desk.clocks(old, "09:30")["C-dispatched-at-once"] == ("overdue", "2026-11-20 09:10")
    assert desk.clocks(new, "09:30")["C-dispatched-at-once"] == ("running", "2026-11-20 09:35")
    assert desk("12:00").procedure.params["revisit"]["value"] == "7 days"
    for wrong, error in (({"nix": "2 days"}, BadValue), ({"revisit": "soon"}, BadLimit)):
        with pytest.raises(error):
            site.set_parameters(desk("12:00", "manager"), wrong)


def test_settings_are_changed_one_by_one(desk: Any) -> None:
    assert site.change_settings(desk("09:00"), {"households": 1200}) == {"zone": "Asia/Shanghai", "households": 1200}
    site.change_settings(desk("09:01"), {"cut_off": 25})
    assert desk("09:02").site == {"zone": "Asia/Shanghai", "households": 1200, "cut_off": 25}


# ---- calendars


def provisional(desk: Any, name: str) -> dict[str, bool]:
    return {clock.id: clock.provisional for clock in desk.life(name).clocks if clock.limit == "2 workdays"}


def test_limits_beyond_the_known_years_are_recounted_when_the_year_is_learnt(desk: Any) -> None:
    name = desk.take("2026-12-30 16:00", inquiry_needed=True)
    assign(desk("2026-12-30 16:05"), [name], "工程部")
    assert desk.clocks(name, "2026-12-30 17:00", "planned")["H-planned"] == ("running", "2027-01-01 24:00")
    assert provisional(desk, name) == {"H-planned": True}
    office = desk("2027-01-05 09:00", "manager")
    calendar = site.laid_over(written(NEXT_YEAR), in_force(desk))
    would = site.moves(office, calendar)
    assert desk.clocks(name, "2026-12-31 09:00")["H-planned"][1] == "2027-01-01 24:00"
    moved = site.adopt_calendar(office, calendar)
    # Also one that had run out by then: a provisional one was never sure.
    assert moved == would
    assert [(one.number, one.step, one.clause) for one in moved] == [
        ("TS202612-0001", "verified", "H4 五.2"),
        ("TS202612-0001", "planned", "H4 四.2"),
    ]
    assert desk.clocks(name, "2027-01-05 09:00")["H-planned"] == ("running", "2027-01-05 24:00")
    assert desk.clocks(name, "2027-01-05 09:00")["H-inquiry"] == ("running", "2027-01-06 24:00")
    assert provisional(desk, name) == {"H-planned": False}
    entry = next(entry for entry in desk.ledger.all_entries() if "moved" in entry.body)
    assert entry.body["moved"] == [[int(name), one.step, one.old, one.new] for one in moved]
    assert keep.verify(desk("2027-01-05 09:00")).findings == []


def test_a_known_year_that_changes_moves_what_runs_and_nothing_that_ran_out(desk: Any) -> None:
    late, running = desk.take("2026-09-25 09:00"), desk.take("2026-09-29 09:00")
    assign(desk("2026-09-25 09:05"), [late], "工程部")
    assign(desk("2026-09-29 09:05"), [running], "工程部")
    assert desk.clocks(late, "2026-09-30 09:00")["H-planned"] == ("overdue", "2026-09-29 24:00")
    assert desk.clocks(running, "2026-09-30 09:00")["H-planned"] == ("running", "2026-10-08 24:00")
    old = in_force(desk).to_snapshot()
    new = {**old, "holidays": {**old["holidays"], "2026": [*old["holidays"]["2026"], "09-28", "10-08"]}}
    moved = site.adopt_calendar(desk("2026-09-30 09:00", "manager"), Calendar.from_snapshot(new))
    assert [(one.number, one.step) for one in moved] == [("TS202609-0002", "planned")]
    assert desk.clocks(late, "2026-10-12 09:00")["H-planned"] == ("overdue", "2026-09-29 24:00")
    assert desk.clocks(running, "2026-10-09 09:00")["H-planned"] == ("running", "2026-10-09 24:00")


def test_what_was_met_is_not_recounted(desk: Any) -> None:
    name = desk.take("2026-12-30 16:00")
    assign(desk("2026-12-30 16:05"), [name], "工程部")
    resolve(desk("2026-12-30 17:00"), name, Result("处理完毕"))
    before = desk.clocks(name, "2026-12-30 18:00")["H-planned"]
    site.adopt_calendar(desk("2026-12-31 09:00"), site.laid_over(written(NEXT_YEAR), in_force(desk)))
    assert before[0] == "met" and desk.clocks(name, "2026-12-31 10:00")["H-planned"][0] == "met"


def test_a_file_speaks_for_the_years_it_covers(desk: Any) -> None:
    laid = site.laid_over(written(NEXT_YEAR), in_force(desk))
    assert max(laid.covered or ()) == 2027 and min(laid.covered or ()) == 2004
    assert list(laid.holidays["2027"]) == ["01-01", "01-04"]
    assert laid.holidays["2026"] == in_force(desk).holidays["2026"]


def test_a_year_known_before_is_what_the_file_says_of_it(desk: Any) -> None:
    laid = site.laid_over(written('holidays = ["2026-12-31"]\ncovered = [2026]'), in_force(desk))
    assert (list(laid.holidays["2026"]), laid.workdays.get("2026", ())) == (["12-31"], ())
    assert laid.holidays["2025"] == in_force(desk).holidays["2025"]


def test_dates_of_other_years_are_added_and_an_uncovered_year_stays_unknown(desk: Any) -> None:
    text = 'holidays = ["2026-12-31", "2028-01-01"]\ncovered = []'
    laid = site.laid_over(written(text), in_force(desk))
    assert "12-31" in laid.holidays["2026"] and "10-01" in laid.holidays["2026"]
    assert list(laid.holidays["2028"]) == ["01-01"] and not laid.knows(2028)


def test_a_file_that_covers_every_year_replaces_all_dates(desk: Any) -> None:
    laid = site.laid_over(written('holidays = ["2026-12-31"]'), in_force(desk))
    assert laid.covered is None and {year: list(days) for year, days in laid.holidays.items()} == {"2026": ["12-31"]}


def test_hours_and_yearly_days_off_stay_where_the_file_names_none(desk: Any) -> None:
    hours = 'annual = ["12-31"]\n[hours]\nmon = ["08:30-12:00"]\n'
    with_hours = site.laid_over(written(hours), in_force(desk))
    assert with_hours.holidays == in_force(desk).holidays and with_hours.knows(2026) and not with_hours.knows(2027)
    laid = site.laid_over(written(NEXT_YEAR), with_hours)
    assert laid.hours == with_hours.hours and list(laid.annual) == ["12-31"]
    other = site.laid_over(written('[hours]\ntue = ["09:00-10:00"]\n'), laid)
    assert other.hours != laid.hours and other.knows(2027)


def test_the_same_calendar_again_moves_nothing(desk: Any) -> None:
    desk.take("09:00")
    assert site.adopt_calendar(desk("10:00"), in_force(desk)) == []


# ---- the whole folded again


def test_rebuilding_gives_the_same_rows_under_every_procedure_and_calendar(desk: Any) -> None:
    desk.take("09:00")
    site.adopt_procedure(desk("10:00"), packs.load("office-handbook"))
    desk.take("2026-12-30 16:00")
    site.adopt_calendar(desk("2026-12-31 09:00"), site.laid_over(written(NEXT_YEAR), in_force(desk)))
    office = desk("2026-12-31 10:00")

    def rows() -> list[Any]:
        return [
            [dict(row) for row in read(number)]
            for number in (1, 2)
            for read in (office.query.clocks_of, office.query.milestones_of)
        ]

    before = rows()
    assert replay.rebuild(office) == 2
    assert rows() == before
    assert keep.verify(office).findings == []
