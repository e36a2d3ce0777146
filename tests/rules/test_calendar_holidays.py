"""The holidays in the wheel against the library from which they were generated."""

import subprocess
import sys
from datetime import date, timedelta

import chinese_calendar
import pytest

from complaintctl.procedures import holidays
from complaintctl.rules.calendar import Calendar

SHIPPED = Calendar.from_snapshot(holidays.shipped())


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_day_is_as_the_library_has_it(year):
    day = date(year, 1, 1)
    while day.year == year:
        assert SHIPPED.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_the_years_that_the_library_knows_and_no_others():
    first, last = min(chinese_calendar.holidays).year, max(chinese_calendar.holidays).year
    assert SHIPPED.covered == set(range(first, last + 1))
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(date(last + 1, 1, 4))


def test_the_file_is_what_the_generator_writes():
    assert holidays.FILE.read_text(encoding="utf-8") == holidays.text(holidays.from_library())


def test_the_snapshot_is_one_of_a_calendar():
    assert SHIPPED.to_snapshot() == holidays.shipped()


def test_the_generator_runs_as_a_command(tmp_path):
    script = (
        "import runpy, sys, pathlib\n"
        "import complaintctl.procedures.holidays as module\n"
        "target = pathlib.Path(sys.argv[1])\n"
        "text = pathlib.Path(module.__file__).read_text(encoding='utf-8')\n"
        "exec(compile(text, str(target / 'holidays.py'), 'exec'), "
        "{'__name__': '__main__', '__file__': str(target / 'holidays.py')})\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)
    assert (tmp_path / "holidays.json").read_bytes() == holidays.FILE.read_bytes()
