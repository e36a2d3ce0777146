"""What a clerk reads after a verb: what changed, which clock runs out next, and the command that comes next."""

from collections.abc import Iterator
from typing import Any

from complaintctl.desk.advice import Change, Next, changes, forward, pending
from complaintctl.desk.office import Done, Office
from complaintctl.language import N_, gettext, pick
from complaintctl.output import moments, words
from complaintctl.output.labels import Labels
from complaintctl.output.problem import fill
from complaintctl.rules.clock import Clock
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import JUDGED_KINDS
from complaintctl.rules.judge import Reason
from complaintctl.rules.life import Life

Line = str | tuple[str, str]

#: Running clocks shown after a verb; `show` lists all of them.
SHOWN_CLOCKS = 3
#: What is proposed from the registers of people and departments, not from a text.
ROUTED = ("department", "to")
FACETS = ("severity", "class", "validity", "urgency", "collective", "repeat")


def lines(office: Office, done: Done) -> Iterator[Line]:
    """Yield the lines that say what a verb did to one complaint."""
    yield from changed(office, done)
    yield from _proposed(done)
    for remark in done.remarks:
        yield fill(N_("  Note: {text}"), text=remark.text)
    yield from _beside(office, done)
    yield from what_next(office, done.life)


def _beside(office: Office, done: Done) -> Iterator[Line]:
    """Yield what stands beside a new complaint; for one handed over again, who handled it before (C 4.11)."""
    if done.before is None:
        if done.beside is not None and (done.beside.like or done.beside.earlier or done.beside.similar):
            from complaintctl.output.related import lines as beside

            yield from beside(office, done.life, done.beside)
    elif handed_over(done):
        from complaintctl.output.related import before_lines

        for line in before_lines(office, done.life):
            yield f"  {line}"


def handed_over(done: Done) -> bool:
    """Say whether a verb gave the complaint into other hands: reopened it, or referred it upwards."""
    if done.before is None:
        return False
    last = done.before.entries[-1].seq
    return any(one.step in ("reopened", "referred") and one.seq > last for one in done.life.course.milestones)


def changed(office: Office, done: Done) -> Iterator[Line]:
    """Yield what a verb did to one complaint: what happened, what is judged otherwise now, which clocks it met."""
    yield (headline(office, done), "bold")
    yield from _on_its_path(office, done)
    yield from judgement(office, done)
    yield from _changed(office, done)


def headline(office: Office, done: Done) -> str:
    """Return the complaint's number and what has just happened to it."""
    life = done.life
    last = done.before.entries[-1].seq if done.before else 0
    taken = [one for one in life.course.milestones if one.seq > last]
    if any(one.step == "disputed" for one in taken):
        # Whoever takes the next rung ends the one below by it.
        taken = [one for one in taken if one.step != "dispute-ended"]
    titles = [labels(life).step(one.step, one.rung) for one in taken]
    # What is no step, such as a link or a piece of evidence, is called by what was written down.
    titles = titles or [words.word("entry", _kind(one)) for one in life.entries if one.seq > last]
    return fill(N_("{number} ({id}): {what}"), number=life.number, id=life.id, what=list(dict.fromkeys(titles)))


def _kind(entry: Entry) -> str:
    """Return what an entry is called: one that counts the households of an event again links nothing."""
    return "recounted" if entry.kind == "linked" and entry.body.get("again") else entry.kind


def _on_its_path(office: Office, done: Done) -> Iterator[Line]:
    """Yield what was written down of a dispute, a suggestion or a repair."""
    last = done.before.entries[-1].seq if done.before else 0
    told = [one for one in done.life.entries if one.seq > last and one.kind in ("disputed", "suggestion", "repair")]
    if told:
        from complaintctl.output.paths import written

        yield from written(office, done.life, told)


def labels(life: Life) -> Labels:
    """Return the names that the complaint's own procedure gives to steps and duty holders."""
    return Labels(life.course.procedure.snapshot)


def step_title(life: Life, step: str) -> str:
    """Return what the complaint's procedure calls a step."""
    return labels(life).step(step)


def role(life: Life, name: str) -> str:
    """Return what the complaint's procedure calls a duty holder."""
    return labels(life).duty(name)


def judgement(office: Office, done: Done) -> Iterator[Line]:
    """Yield the judgement with its reasons: all of it for a new complaint, else what changed."""
    now = done.life.seen_at(office.now)
    before = done.before.version_at(office.now).known if done.before else {}
    known = now.version.known
    if done.before is None:
        facts = [words.word("kind", known["kind"]), words.word("category", known["category"])]
        if known["kind"] in JUDGED_KINDS:
            facts.append(words.word("responsibility", known["responsibility"]))
        yield "  " + " · ".join(facts)
    for reason in now.reasons:
        if before.get(reason.facet) != reason.value:
            yield "  " + sentence(reason)
    for facet in FACETS:
        if done.before is not None and before.get(facet) is not None and known.get(facet) is None:
            yield fill(N_("  {facet}: none any more"), facet=words.word("facet", facet))


def sentence(reason: Reason) -> str:
    """Return a judgement with its ground: `severity: important — the company's people fell short (R 四.3(2))`."""
    value = words.word(reason.facet, reason.value)
    text = fill(
        N_("{facet}: {value} — {because}"), facet=words.word("facet", reason.facet), value=value, because=reason.because
    )
    return _with_clause(text, reason.clause) if reason.clause else text


def _with_clause(what: str, clause: str) -> str:
    return gettext(N_("{what} ({clause})")).format(what=what, clause=clause)


def _proposed(done: Done) -> Iterator[Line]:
    """Yield what nobody stated, but the program read from the text."""
    # What follows from the part of a repair is said by a remark.
    facts = [proposal(one) for one in done.proposals if one.rule != "part" and one.fact not in ROUTED]
    if any(one.fact in ROUTED for one in done.proposals):
        from complaintctl.output.routing import proposed

        yield from proposed(done.life, done.proposals)
    if facts:
        yield fill(
            N_("  Read from the text: {facts} — to correct: complaintctl amend {id}"), facts=facts, id=done.life.id
        )


def proposal(one: Any) -> str:
    """Return a fact read from the text, with the words that led there."""
    fact, value = (
        words.word("fact", one.fact),
        words.word("flag" if isinstance(one.value, bool) else one.fact, one.value),
    )
    if one.rule == "earlier-complaints":
        said = N_("{fact}: {value} (this home raised the same before: {words})")
        return fill(said, fact=fact, value=value, words=list(one.words))
    told = fill(N_("{fact}: {value}"), fact=fact, value=value)
    if not one.words or one.rule == "place-told":
        # A place is proposed in the words of the text themselves.
        return told
    return fill(N_("{told} ({words})"), told=told, words=list(one.words))


def _changed(office: Office, done: Done) -> Iterator[Line]:
    """Yield one line a state: which steps were met by this verb, which came late, which fell away."""
    if done.before is None:
        return
    groups: dict[str, list[str]] = {}
    for change in changes(done.before, done.life, office.now):
        if change.new in ("met", "late", "done", "missed", "replaced"):
            groups.setdefault(change.new, []).append(_named(done.life, change))
    for state, names in groups.items():
        style = "red" if state in ("late", "missed") else ""
        yield (
            fill(N_("  {state}: {names}"), state=words.word("state", state), names=list(dict.fromkeys(names))),
            style,
        )


def _named(life: Life, change: Change) -> str:
    return _with_clause(step_title(life, change.clock.step), change.clock.clause)


def what_next(office: Office, life: Life) -> Iterator[Line]:
    """Yield the clocks that run out next and the command that comes next."""
    yield from running(office, life)
    if life.course.closed_at is not None:
        yield fill(N_("Closed at {at}."), at=moments.local(life.course.closed_at, office.zone))
    # What outlives the closing, such as a matter raised at the revisit, still wants to be done.
    step = forward(life) or next((one.command for one in pending(life, office.now)), None)
    if step is not None:
        yield fill(N_("Next: complaintctl {command}"), command=ready(office, life, step))


def running(office: Office, life: Life) -> Iterator[Line]:
    """Yield the clocks that run out next; of a complaint that is not kept yet, and has no id, too."""
    waiting = pending(life, office.now)
    for one in waiting[:SHOWN_CLOCKS]:
        yield clock_line(office, life, one)
    if len(waiting) > SHOWN_CLOCKS:
        said = N_("  … {count} more: complaintctl show {id}") if life.id else N_("  … {count} more")
        yield fill(said, count=len(waiting) - SHOWN_CLOCKS, id=life.id)


def ready(office: Office, life: Life, command: str) -> str:
    """Return a command to be typed, with the department and the person that the registers know, if they do."""
    if "{department}" in command and office.query.registered("department"):
        from complaintctl.output.routing import with_department

        command = with_department(office, life, command)
    person = ""
    if command.startswith("escalate ") and office.query.registered("staff"):
        from complaintctl.output.routing import at_its_rung

        person = at_its_rung(office, life, command)
    return to_type(command) + person


def to_type(command: str) -> str:
    """Return a command with the words that the clerk fills in, in the language in force."""
    for name, text in PLACES.items():
        command = command.replace(f"{{{name}}}", gettext(text))
    return command


PLACES = {
    "department": N_("DEPARTMENT"),
    "result": N_("RESULT"),
    "note": N_("NOTE"),
    "plan": N_("PLAN"),
    "answer": N_("ANSWER"),
    "name": N_("NAME"),
    "moment": N_("MOMENT"),
    "whom": N_("WHOM"),
}


def clock_line(office: Office, life: Life, one: Next) -> Line:
    """Return a running clock: until when, what, by which clause, whose duty."""
    due = one.clock.due_at or 0
    text = fill(
        N_("  {mark} {due} {title} ({clause}; {duty})"),
        mark=gettext(N_("overdue since")) if one.state == "overdue" else gettext(N_("by")),
        due=moments.due(due, office.zone) + (gettext(N_(" (provisional)")) if one.clock.provisional else ""),
        title=clock_title(life, one.clock),
        clause=one.clock.clause,
        duty=role(life, ",".join(one.clock.duty)),
    )
    return (text, "red" if one.state == "overdue" else "")


def clock_title(life: Life, clock: Clock) -> str:
    """Return what must be done, and at which rung."""
    if clock.rung is None:
        return pick(clock.title)
    rung = life.course.procedure.rungs[str(clock.rung)]
    return fill(N_("{title} → {rung}"), title=clock.title, rung=rung)
