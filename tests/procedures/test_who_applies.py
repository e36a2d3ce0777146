"""To which complaints each judgement, clock and manner of answering applies: the packs against a second statement.

What the documents say is stated here once more, in Python and by hand, and compared with what the packs give for
some thousands of complaints of every kind. Each document is compared alone and joined with the others.
"""

import random
from types import SimpleNamespace

import pytest

from complaintctl import procedures
from complaintctl.rules import pack
from complaintctl.rules.condition import holds
from complaintctl.rules.facts import CHANNELS, KINDS, OPEN_DEFAULTS, OUTCOMES, RESPONSIBILITIES, VALIDITIES, VIAS
from complaintctl.rules.judge import judge
from complaintctl.rules.procedure import Procedure

LETTERS = {
    "resident-standard": "R",
    "work-instruction": "Q",
    "owner-mechanism": "O",
    "office-handbook": "H",
    "service-code": "C",
    "site-standard": "RQOHC",
}
FLAGS = [name for name, default in OPEN_DEFAULTS.items() if default is False]
WRITTEN = ("letter", "box", "email", "web", "wechat")
OVERRULED = {"validity": VALIDITIES, "severity": ("major", "important", "minor"), "class": ("1", "2", "3")}


def complaint(rng):
    """A complaint at random: what is known of it, and what the clerk overruled."""
    known = {
        **OPEN_DEFAULTS,
        "kind": rng.choice((*KINDS, "complaint", "complaint")),
        "channel": rng.choice(CHANNELS),
        "responsibility": rng.choice(RESPONSIBILITIES),
        "households": rng.choice((1, 4, 5, 6)),
        "round": rng.choice((1, 1, 2, 3)),
        "tried": rng.choice((0, 2, 3, 4)),
        "nameless": rng.random() < 0.3,
        "heard": rng.random() < 0.5,
        "form_out": rng.random() < 0.5,
        "month_passed": rng.random() < 0.1,
    }
    for flag in FLAGS:
        known[flag] = rng.random() < (0.5 if flag == "promise_broken" else 0.2)
    overruled = {facet: rng.choice(values) for facet, values in OVERRULED.items() if rng.random() < 0.1}
    return known, overruled


COMPLAINTS = [complaint(random.Random(number)) for number in range(4000)]


def stated(known, overruled, letters):
    """What the documents in force make of a complaint, as stated here."""
    f = SimpleNamespace(**known)
    f.judged = f.kind in ("complaint", "repair")
    f.validity = overruled.get("validity", validity(f))
    f.valid = f.validity in ("valid", "undetermined")
    f.worked_on = f.valid or f.validity == "assist"
    f.own = f.responsibility in ("own", "unknown")
    f.severity = f.cause = f.urgency = None
    if "R" in letters and f.valid:
        f.severity = severity(f)
    if "severity" in overruled and not ("R" in letters and f.valid and f.month_passed):
        f.severity = overruled["severity"]
    if "Q" in letters and f.judged:
        f.cause = {"own": "1", "unknown": "1", "building": "2", "outside": "3"}.get(f.responsibility)
    f.cause = overruled.get("class", f.cause)
    if "H" in letters and f.judged:
        f.urgency = "urgent" if f.danger or f.damage or f.outage else "general"
    f.collective = "C" in letters and f.judged and f.households >= 5
    f.repeat = "C" in letters and f.judged and f.round >= 2
    f.coordinated = "H" in letters and f.judged and f.responsibility == "resident"
    f.answered = f.judged and not f.nameless
    f.revisited = not f.nameless and (f.worked_on or f.coordinated)
    f.over_the_head = f.judged and (f.difficult or f.channel in ("company", "group", "government"))
    f.written = f.channel in WRITTEN
    return f


def validity(f):
    if not f.judged:
        return None
    return {"own": "valid", "building": "assist", "outside": "assist", "unknown": "undetermined"}.get(
        f.responsibility, "invalid"
    )


def severity(f):
    if f.month_passed or f.over_one_month or (f.promise_broken and f.repeated):
        return "major"
    if f.own and (f.injury or f.major_loss):
        return "major"
    return "important" if f.own and f.fault else "minor"


APPLIES = {
    "R-dispatched-10min": lambda f: f.worked_on and not f.on_the_spot,
    "R-signed": lambda f: f.form_out,
    "R-referred-major": lambda f: f.severity == "major",
    "R-referred-important": lambda f: f.severity == "important",
    "R-resolved-minor": lambda f: f.severity == "minor",
    "R-form-returned": lambda f: f.form_out,
    "R-supervisor-told": lambda f: f.judged,
    "R-notified": lambda f: f.answered and not f.on_the_spot,
    "R-revisited": lambda f: f.revisited,
    "R-corrective-action": lambda f: f.severity in ("major", "important"),
    "R-corrective-checked": lambda f: True,
    "Q-told-the-desk": lambda f: f.judged and f.heard and (f.channel == "phone" or f.written),
    "Q-face-to-face": lambda f: f.judged and f.channel in ("desk", "on-site") and not f.on_the_spot,
    "Q-difficult": lambda f: f.over_the_head,
    "Q-difficult-opinion": lambda f: f.over_the_head,
    "Q-class-1": lambda f: f.cause == "1" and not f.on_the_spot,
    "Q-class-2": lambda f: f.cause == "2" and not f.on_the_spot,
    "Q-class-3": lambda f: f.cause == "3" and not f.on_the_spot,
    "Q-late": lambda f: f.judged,
    "Q-late-silent": lambda f: f.judged,
    "Q-form-returned": lambda f: f.form_out,
    "Q-supervisor-told-spot": lambda f: f.judged and f.on_the_spot,
    "Q-revisited": lambda f: f.revisited,
    "Q-opinion": lambda f: f.form_out,
    "Q-countersigned": lambda f: f.form_out,
    "Q-sent-up": lambda f: f.form_out,
    "Q-case-study": lambda f: f.cause == "1",
    "Q-training": lambda f: f.cause == "1",
    "Q-warranty": lambda f: f.cause == "2",
    "Q-warranty-report": lambda f: f.cause == "2" and f.large_effect,
    "Q-warranty-feedback": lambda f: f.cause == "2" and f.large_effect,
    "Q-explained-class-3": lambda f: f.cause == "3",
    "H-repair-order": lambda f: f.kind == "repair" and not f.on_the_spot,
    "H-appointment": lambda f: f.kind == "repair",
    "H-contacted-24h": lambda f: f.answered,
    "H-verified-same-day": lambda f: f.judged,
    "H-inquiry": lambda f: f.answered and f.inquiry_needed,
    "H-inquiry-nameless": lambda f: f.judged and f.nameless and f.inquiry_needed,
    "H-planned": lambda f: f.urgency == "general" and not f.on_the_spot and (f.worked_on or f.form_out),
    "H-progress": lambda f: f.urgency == "general" and not f.nameless,
    "H-urgent": lambda f: f.urgency == "urgent",
    "H-complex": lambda f: f.judged and f.complex and not f.coordinated,
    "H-coordinated": lambda f: f.coordinated,
    "H-notified-spot": lambda f: f.answered and f.on_the_spot,
    "H-word-given": lambda f: f.answered,
    "H-revisited": lambda f: f.revisited,
    "H-matters": lambda f: True,
    "C-dispatched-at-once": lambda f: f.worked_on and not f.on_the_spot,
    "C-contacted-2h": lambda f: f.answered,
    "C-reply-agreed-2h": lambda f: f.valid and not f.nameless,
    "C-reply-agreed-day": lambda f: f.valid and not f.nameless,
    "C-progress": lambda f: f.validity == "assist" and not f.nameless,
    "C-collective": lambda f: f.collective,
    "C-notified-spot": lambda f: f.answered and f.on_the_spot,
    "C-notified": lambda f: f.answered and not f.on_the_spot,
    "C-word-given": lambda f: f.answered,
    "C-explained": lambda f: f.validity == "invalid" and not f.nameless,
    "C-reported-developer": lambda f: f.judged and f.channel == "developer",
    "C-case-study": lambda f: f.valid,
    "C-training": lambda f: f.valid,
    "C-passed-on-developer": lambda f: f.validity == "assist" and f.responsibility == "building",
    "C-passed-on-outside": lambda f: f.validity == "assist" and f.responsibility != "building",
    "C-special-report": lambda f: f.collective,
    "C-reviewed": lambda f: f.judged,
    "C-manager-opinion": lambda f: f.judged,
}


def demanded(f, letters):
    """The manners of answering that are asked for: clause, ways, what falling short counts as, note otherwise."""
    sought = f.tried >= 3
    wanted = set()
    if "R" in letters and f.worked_on and not (f.on_the_spot or f.written or sought):
        wanted.add(("R 四.7", ("phone", "visit"), "remark", True))
    if "H" in letters and f.judged and f.written:
        wanted.add(("H3 2.5", ("written",), "remark", True))
    if "C" in letters and f.collective:
        wanted.add(("C 4.8.1", ("visit", "written") if sought else ("visit",), "contacted", False))
    if "C" in letters and f.judged and f.written:
        wanted.add(("C 4.8.1", ("written",), "contacted", False))
    if "C" in letters and f.valid and not (f.on_the_spot or f.collective or f.written or sought):
        wanted.add(("C 4.7.3", ("visit",), "remark", True))
    return wanted


def closing(f, letters):
    """At which step it closes."""
    if not f.judged:
        return "notified"
    if f.nameless:
        return "form-returned|resolved"
    if f.validity == "invalid" and not f.coordinated:
        return "notified"
    return "revisited" if set(letters) & set("RQH") else "notified"


def disagreements(procedure, letters, complaints=COMPLAINTS):
    """Yield where the procedure gives otherwise than is stated here."""
    alone = len(letters) == 1
    for facts, overruled in complaints:
        known = dict(facts)
        judge(procedure, known, overruled)
        f = stated(facts, overruled, letters)
        for facet, value in (
            ("validity", f.validity),
            ("severity", f.severity),
            ("class", f.cause),
            ("urgency", f.urgency),
            ("collective", "yes" if f.collective else None),
            ("repeat", "yes" if f.repeat else None),
            ("coordinated", f.coordinated),
        ):
            if known[facet] != value:
                yield facet, value, known[facet], known
        applied = {f"{letters}-{rule.id}" if alone else rule.id for rule in procedure.clocks if holds(rule.when, known)}
        wanted = {name for name, applies in APPLIES.items() if name[0] in letters and applies(f)}
        if applied != wanted:
            yield "clocks", sorted(wanted - applied), sorted(applied - wanted), known
        asked = {
            (row.clause, row.via, row.short, row.needs_note) for row in procedure.notices if holds(row.when, known)
        }
        if asked != demanded(f, letters):
            yield "manner", demanded(f, letters), asked, known
        if procedure.closing_step(known) != closing(f, letters):
            yield "closing", closing(f, letters), procedure.closing_step(known), known


@pytest.fixture(scope="module")
def compiled():
    return {name: Procedure(pack.parse(procedures.text(name), procedures.common())) for name in LETTERS}


@pytest.mark.parametrize("name", LETTERS)
def test_judgements_clocks_and_manner_apply_as_the_documents_say(compiled, name):
    assert next(disagreements(compiled[name], LETTERS[name]), None) is None


def test_every_clock_is_stated_here(compiled):
    assert {rule.id for rule in compiled["site-standard"].clocks} == set(APPLIES)


def test_the_complaints_compared_are_of_every_sort():
    for fact, values in (("kind", KINDS), ("channel", CHANNELS), ("responsibility", RESPONSIBILITIES)):
        assert {known[fact] for known, _ in COMPLAINTS} == set(values)
    assert len(VIAS) == 4 and len(OUTCOMES) == 6, "new ways or outcomes: think of them here too"
