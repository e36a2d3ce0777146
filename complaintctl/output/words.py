"""Words for the codes that the ledger and the rules use; JSON and CSV keep the codes.

Titles of steps and roles that an office's own procedure defines come with the procedure (`pick`); these are
the standard ones, for listings that show many complaints at once.
"""

from complaintctl.language import N_, gettext

_WORDS: dict[str, dict[str, str]] = {
    "kind": {
        "complaint": N_("complaint"),
        "suggestion": N_("suggestion"),
        "repair": N_("repair"),
        "inquiry": N_("inquiry"),
    },
    "stage": {
        "open": N_("open"),
        "resolved": N_("resolved"),
        "notified": N_("notified"),
        "closed": N_("closed"),
    },
    "channel": {
        "desk": N_("at the desk"),
        "on-site": N_("on site"),
        "phone": N_("phone"),
        "email": N_("e-mail"),
        "letter": N_("letter"),
        "box": N_("complaints box"),
        "wechat": N_("WeChat"),
        "web": N_("web page"),
        "committee": N_("owners' committee"),
        "company": N_("company"),
        "group": N_("group head office"),
        "government": N_("government"),
        "developer": N_("developer"),
    },
    "category": {
        "facility": N_("facilities and repairs"),
        "service": N_("service"),
        "environment": N_("cleaning and environment"),
        "noise": N_("noise"),
        "safety": N_("safety"),
        "order": N_("public order"),
        "neighbour": N_("between neighbours"),
        "charges": N_("charges"),
        "building": N_("building quality"),
        "external": N_("outside surroundings"),
        "other": N_("other"),
    },
    "responsibility": {
        "own": N_("the company"),
        "building": N_("construction or developer"),
        "outside": N_("outside the site"),
        "resident": N_("another resident"),
        "self": N_("the complainant"),
        "none": N_("nobody"),
        "unknown": N_("not yet known"),
    },
    "severity": {"major": N_("major"), "important": N_("important"), "minor": N_("minor")},
    "class": {"1": N_("class 1"), "2": N_("class 2"), "3": N_("class 3")},
    "validity": {
        "valid": N_("valid"),
        "assist": N_("to assist with"),
        "invalid": N_("not valid"),
        "undetermined": N_("undetermined"),
    },
    "urgency": {"urgent": N_("urgent"), "general": N_("general")},
    "state": {
        "waiting": N_("waiting"),
        "running": N_("running"),
        "met": N_("met in time"),
        "late": N_("met late"),
        "overdue": N_("overdue"),
        "replaced": N_("replaced"),
        "lifted": N_("lifted"),
        "missed": N_("missed"),
        "unknown": N_("time unknown"),
        "unrecorded": N_("not recorded"),
        "untimed": N_("no limit"),
        "done": N_("done"),
    },
    "outcome": {
        "solved": N_("solved"),
        "partly": N_("partly solved"),
        "passed-on": N_("passed on"),
        "explained": N_("explained"),
        "withdrawn": N_("withdrawn"),
        "duplicate": N_("duplicate"),
    },
    "via": {
        "phone": N_("by phone"),
        "visit": N_("by visit"),
        "written": N_("in writing"),
        "desk": N_("at the desk"),
    },
    "rung": {
        "department-head": N_("department head"),
        "supervisor": N_("supervisor"),
        "manager": N_("manager"),
        "company": N_("general manager"),
        "outside": N_("outside the company"),
    },
    "step": {
        "received": N_("taken down"),
        "dispatched": N_("dispatched"),
        "signed": N_("signed for"),
        "contacted": N_("first word to the resident"),
        "reply-agreed": N_("reply time agreed"),
        "word-given": N_("promised word given"),
        "chased": N_("asked again"),
        "tried": N_("tried to reach in vain"),
        "verified": N_("looked into"),
        "planned": N_("measures planned"),
        "progress-told": N_("progress told"),
        "referred": N_("referred upwards"),
        "resolved": N_("resolved"),
        "form-returned": N_("form returned"),
        "supervisor-told": N_("supervisor told"),
        "notified": N_("result told"),
        "explained-class-3": N_("explained to the owner"),
        "reported-developer": N_("reported to the developer"),
        "revisited": N_("revisited"),
        "matters-dealt-with": N_("matters raised dealt with"),
        "corrective-action": N_("corrective action recorded"),
        "opinion": N_("opinion given"),
        "case-study": N_("case study"),
        "training": N_("training held"),
        "warranty": N_("passed to warranty work"),
        "passed-on": N_("passed to the solver"),
        "special-report": N_("special report"),
        "reviewed": N_("reviewed"),
        "closed": N_("closed"),
        "reopened": N_("reopened"),
        "extended": N_("extended"),
        "amended": N_("amended"),
    },
    "flag": {"True": N_("yes"), "False": N_("no")},
}


def word(facet: str, code: object) -> str:
    """The word of a code in the language in force; a code that is not standard is shown as it is."""
    if code is None:
        return ""
    text = _WORDS.get(facet, {}).get(str(code))
    return str(code) if text is None else gettext(text)
