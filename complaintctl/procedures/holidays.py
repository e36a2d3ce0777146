"""The public holidays and make-up workdays of China that ship with the program, as a calendar snapshot.

They are generated from the chinesecalendar library, which no daily command loads. After a newer library is
installed, `python -m complaintctl.procedures.holidays` writes `holidays.json` again; a test compares the two day
by day.
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("holidays.json")


def shipped() -> dict[str, Any]:
    """The snapshot in the wheel: `timezone`, `holidays` and `workdays` by year, `covered`, `source`."""
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return content


def from_library() -> dict[str, Any]:
    """The same from the installed chinesecalendar; ImportError where it is not installed."""
    import chinese_calendar

    off, on = chinese_calendar.holidays, chinese_calendar.workdays
    return {
        "timezone": "Asia/Shanghai",
        "holidays": _by_year(off),
        "workdays": _by_year(on),
        "covered": sorted({day.year for day in off}),
        "source": f"chinesecalendar {chinese_calendar.__version__}",
    }


def text(snapshot: dict[str, Any]) -> str:
    """The snapshot as it is kept: JSON with a year a line, so that a change shows where it is."""
    lines = []
    for key, part in snapshot.items():
        if isinstance(part, dict):
            years = ",\n".join(f"  {json.dumps(year)}: {json.dumps(days)}" for year, days in part.items())
            lines.append(f" {json.dumps(key)}: {{\n{years}\n }}")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(part)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _by_year(days: Iterable[date]) -> dict[str, list[str]]:
    years: dict[str, list[str]] = {}
    for day in sorted(days):
        years.setdefault(str(day.year), []).append(day.isoformat()[5:])
    return years


if __name__ == "__main__":
    FILE.write_text(text(from_library()), encoding="utf-8")
