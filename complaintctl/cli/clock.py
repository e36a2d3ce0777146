"""The only place that asks what time it is.

`COMPLAINTCTL_NOW` (ISO 8601 with an offset) takes the place of the system clock, for tests and reruns; entries
written under it say so.
"""

import os
import re
import time
from datetime import datetime

from complaintctl.errors import BadValue
from complaintctl.language import N_, Words

VARIABLE = "COMPLAINTCTL_NOW"
_EXACT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)", re.ASCII)


def now() -> int:
    """The present moment in whole seconds since 1970, UTC; `BadValue` where the variable is no moment."""
    given = os.environ.get(VARIABLE)
    return int(time.time()) if not given else _read(given)


def overridden() -> bool:
    """Whether the present moment was given by the environment rather than the clock."""
    return bool(os.environ.get(VARIABLE))


def _read(text: str) -> int:
    if _EXACT.fullmatch(text):
        try:
            return int(datetime.fromisoformat(text).timestamp() // 1)
        except (ValueError, OverflowError):
            pass
    expected = Words(N_("a moment with its offset, like 2026-11-22T09:05:00+08:00"))
    raise BadValue(field=VARIABLE, text=text, expected=expected)
