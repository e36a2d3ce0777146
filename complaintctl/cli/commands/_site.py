"""What the commands about the site share: reading its settings and beginning its ledger."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl import procedures
from complaintctl.cli import common
from complaintctl.cli.session import session
from complaintctl.desk import packs, site
from complaintctl.errors import BadValue
from complaintctl.language import N_, pick
from complaintctl.output.problem import fill
from complaintctl.rules.calendar import Calendar


def settings(*, name: str | None, households: str | None, cut_off: str | None, timezone: str | None) -> dict[str, Any]:
    """Return a site's settings as typed, checked; only what was given, and the zone."""
    from zoneinfo import ZoneInfoNotFoundError

    zone = timezone or "Asia/Shanghai"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadValue(field="--timezone", text=zone, expected="Asia/Shanghai, Asia/Urumqi, Europe/Berlin …") from None
    found: dict[str, Any] = {"zone": zone}
    if name is not None:
        found["name"] = common.text_of(name, "--name")
    if households is not None:
        found["households"] = common.whole(households, "--households", least=1)
    if cut_off is not None:
        found["cut_off"] = common.whole(cut_off, "--cut-off", least=1, most=31)
    return found


def beginning(settings: dict[str, Any], procedure: str | None, calendar: str | None) -> site.Beginning:
    """Return what a new ledger starts with."""
    return site.Beginning(
        settings, packs.load(procedure or procedures.DEFAULT), calendar_of(calendar, settings["zone"])
    )


def calendar_of(file: str | None, zone: str) -> Calendar:
    """Return the shipped holidays, with a site's own calendar file laid over them."""
    shipped = packs.shipped_calendar(zone)
    if file is None:
        return shipped
    return site.laid_over(Calendar.from_toml(packs.read_text(Path(file)), file=file, zone=zone), shipped)


def begin(path: Path, start: site.Beginning) -> None:
    """Make the ledger."""
    run = session()
    site.begin(str(path), run.now, run.actor, start, pinned=run.now_overridden)


def data(path: Path, start: site.Beginning) -> dict[str, Any]:
    """Return what a new ledger starts with, for scripts."""
    return {
        "ledger": str(path),
        "procedure": start.procedure["id"],
        "title": pick(start.procedure["title"]),
        "timezone": start.settings["zone"],
        "calendar": {
            "source": start.calendar.source,
            "covered": sorted(start.calendar.covered) if start.calendar.covered is not None else None,
        },
        "settings": start.settings,
    }


def lines(path: Path, start: site.Beginning) -> Iterator[str]:
    """Yield what a clerk reads after beginning a ledger."""
    yield fill(N_("A new ledger lies at {path}."), path=str(path))
    yield fill(N_("Procedure: {title} ({id})."), title=pick(start.procedure["title"]), id=start.procedure["id"])
    covered = start.calendar.covered
    if covered:
        yield fill(
            N_("Holidays known: {first} to {last}. Limits beyond are provisional until the next year's are taken in."),
            first=min(covered),
            last=max(covered),
        )
    yield fill(N_("Next: complaintctl log"))
