"""A limit in words: `2 hours`, `3个工作日`."""

from complaintctl.language import N_, plural
from complaintctl.rules.period import parse_limit

_UNITS: dict[str, tuple[str, str]] = {
    "minutes": (N_("{n} minute"), N_("{n} minutes")),
    "hours": (N_("{n} hour"), N_("{n} hours")),
    "same day": (N_("the same day"), N_("the same day")),
    "days": (N_("{n} day"), N_("{n} days")),
    "workdays": (N_("{n} working day"), N_("{n} working days")),
    "months": (N_("{n} month"), N_("{n} months")),
    "by day": (N_("by day {n} of the month"), N_("by day {n} of the month")),
    "business minutes": (N_("{n} office minute"), N_("{n} office minutes")),
    "business hours": (N_("{n} office hour"), N_("{n} office hours")),
    "at once": (N_("at once"), N_("at once")),
}

#: Beside a limit that the documents leave blank, or that is the program's own.
PARAMETER = "‡"


def limit_words(limit: str | None, parameter: object = None) -> str:
    """Give a limit in the language in force, marked where it is a site parameter; nothing for an untimed duty."""
    if limit is None:
        return ""
    found = parse_limit(limit)
    words = plural(*_UNITS[found.unit], found.n).format(n=found.n)
    return words + PARAMETER if parameter else words
