"""How well the program reads complaints: its proposals and judgements against labelled texts.

    python benchmarks/reading.py                     # the development part
    python benchmarks/reading.py --part held-out     # the third of the texts that nothing was tuned on
    python benchmarks/reading.py --part my.jsonl     # texts of one's own, with the same fields
    python benchmarks/reading.py --into docs/reading.md     # and puts the table into that page, at its part's place
    python benchmarks/reading.py --rules             # by the rules alone, without the fitted leanings
    pip install "complaintctl[benchmarks]"           # for the two baselines beside it

The texts lie beside the project (`../shared/data/dev_labelled.jsonl`, or `--data`); records whose number is a multiple
of 3 are held out and are not even parsed unless asked for. What is measured, and how: docs/reading.md.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import reading_baselines

from complaintctl.desk.classify import classify
from complaintctl.desk.packs import shipped_book
from complaintctl.reading.lexicon import Leanings, Lexicon, load_lexicon
from complaintctl.reading.proposals import propose

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "dev_labelled.jsonl"
PARTS = ("dev", "held-out", "all")
HELD_OUT = 3

FACTS = (
    *("injury", "major_loss", "promise_broken", "repeated", "danger", "damage", "outage"),
    *("over_one_month", "households"),
)
FACETS = (
    *("category", "responsibility", "class", "validity", "urgent", "severity", "kind", "fault", "collective"),
    *FACTS,
)
#: Lenient: the least to be reached on all texts, and how much less may be reached on the hard ones.
TARGETS = {"category": 0.85, "class": 0.90, "validity": 0.90, "severity": 0.84}
HARD_BELOW = 0.08
URGENT_RECALL, URGENT_PRECISION = 0.95, 0.75

Answers = Mapping[str, Sequence[Any]]


class Score(NamedTuple):
    """How many of `n` answers are the preferred value, and how many are in the accepted set."""

    n: int
    strict: int
    lenient: int


class Found(NamedTuple):
    """How well something that is either there or not is found, strict and with either answer accepted where it is."""

    recall: float
    precision: float
    true: int


# ---- the texts


def records(path: Path, part: str = "all") -> Iterator[dict[str, Any]]:
    """Yield the labelled texts of a part; lines of the other part are not parsed."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            number = re.search(r'"id": *"DEV-0*([0-9]+)"', line)
            held_out = number is not None and int(number[1]) % HELD_OUT == 0
            if line.strip() and (part == "all" or held_out == (part == "held-out")):
                yield json.loads(line)


def accepted(record: Mapping[str, Any], facet: str) -> list[Any]:
    """Give the acceptable values of a facet, the preferred one first."""
    facts = record.get("facts", {})
    value = facts[facet] if facet in facts else record[facet]
    return value if isinstance(value, list) else [value]


# ---- the program


def program(texts: Sequence[str], lexicon: Lexicon) -> Answers:
    """Give what the program says of each text."""
    procedure = shipped_book().procedure_at(0)
    said = [_facets(classify({"text": text}, procedure, lexicon).known) for text in texts]
    return {facet: [one[facet] for one in said] for facet in FACETS}


def _facets(known: Mapping[str, Any]) -> dict[str, Any]:
    """Put what the program knows into the words of the labels; what it leaves open is null, or false."""
    households = known["households"]
    return {
        **{name: known[name] for name in ("category", "responsibility", "kind", "fault")},
        **{name: known[name] for name in FACTS},
        "households": households if households and households > 1 else None,
        "class": int(known["class"]) if known.get("class") else None,
        "validity": known.get("validity") or "invalid",
        "severity": known.get("severity"),
        "urgent": known.get("urgency") == "urgent",
        "collective": known.get("collective") == "yes",
    }


def speed(texts: Sequence[str], lexicon: Lexicon, seconds: float) -> tuple[float, float]:
    """Give how many texts a second are read, and how many are read and judged."""
    procedure = shipped_book().procedure_at(0)
    rates = []
    for read in (lambda text: propose(text, lexicon), lambda text: classify({"text": text}, procedure, lexicon)):
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            for text in texts:
                read(text)
            count += len(texts)
        rates.append(count / (time.perf_counter() - start))
    return rates[0], rates[1]


# ---- scoring


def score(found: Sequence[Mapping[str, Any]], answers: Answers, facet: str, hard: bool) -> Score:
    """Score one facet, over all texts or the hard ones."""
    n = strict = lenient = 0
    for record, answer in zip(found, answers[facet], strict=True):
        if record["hard"] or not hard:
            right = accepted(record, facet)
            n, strict, lenient = n + 1, strict + (answer == right[0]), lenient + (answer in right)
    return Score(n, strict, lenient)


def detection(found: Sequence[Mapping[str, Any]], answers: Answers, facet: str, hard: bool, *, lenient: bool) -> Found:
    """Reckon recall and precision of a yes; lenient: a text of which both are accepted counts for, never against."""
    hit = missed = wrong = 0
    for record, answer in zip(found, answers[facet], strict=True):
        if hard and not record["hard"]:
            continue
        right = accepted(record, facet)
        either = lenient and len(right) > 1
        hit += bool(answer) and (bool(right[0]) or either)
        missed += bool(right[0]) and not answer and not either
        wrong += bool(answer) and not right[0] and not either
    return Found(_share(hit, hit + missed), _share(hit, hit + wrong), hit + missed)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


# ---- the table


def table(found: Sequence[Mapping[str, Any]], sides: Mapping[str, Answers]) -> Iterator[str]:
    """Yield the table as Markdown: for the program all and hard, strict and lenient; for others all, both."""
    others = list(sides)[1:]
    hard = sum(1 for one in found if one["hard"])
    heads = [f"all {len(found)} strict", "lenient", f"hard {hard} strict", "lenient", "target"]
    heads += [f"{name} {kind}" for name in others for kind in ("strict", "lenient")]
    yield _row("facet", heads)
    yield _row("---", ["---:"] * len(heads))
    for facet in FACETS:
        yield _row(facet, _scores(found, sides, facet, others))
    for facet in ("urgent", "danger", "outage"):
        for part in ("recall", "precision"):
            yield _row(f"{facet}: {part}", _detections(found, sides, facet, part, others))


def _row(head: str, cells: Sequence[str]) -> str:
    return f"| {head:<20} | " + " | ".join(f"{cell:>6}" for cell in cells) + " |"


def _scores(
    found: Sequence[Mapping[str, Any]], sides: Mapping[str, Answers], facet: str, others: Sequence[str]
) -> list[str]:
    own = [score(found, next(iter(sides.values())), facet, hard) for hard in (False, True)]
    rest = [score(found, sides[name], facet, False) for name in others]
    cells = [f"{_share(part, one.n):.3f}" for one in own for part in (one.strict, one.lenient)]
    cells.append(f"≥ {TARGETS[facet]:.2f}" if facet in TARGETS else "")
    return cells + [f"{_share(part, one.n):.3f}" for one in rest for part in (one.strict, one.lenient)]


def _detections(
    found: Sequence[Mapping[str, Any]], sides: Mapping[str, Answers], facet: str, part: str, others: Sequence[str]
) -> list[str]:
    names = list(sides)
    asked = [(names[0], False), (names[0], True)], [(name, False) for name in others]
    own, rest = (
        [
            f"{getattr(detection(found, sides[name], facet, hard, lenient=lenient), part):.3f}"
            for name, hard in those
            for lenient in (False, True)
        ]
        for those in asked
    )
    target = {"recall": URGENT_RECALL, "precision": URGENT_PRECISION}[part]
    return [*own, f"≥ {target:.2f}" if facet == "urgent" else "", *rest]


def verdicts(found: Sequence[Mapping[str, Any]], sides: Mapping[str, Answers]) -> Iterator[str]:
    """Yield a line for each target: reached or not, on all and on the hard ones, and against each baseline."""
    own, *others = sides
    for facet, least in TARGETS.items():
        rates = [_rate(score(found, sides[own], facet, hard)) for hard in (False, True)]
        beaten = [f"{name} {_rate(score(found, sides[name], facet, False)):.3f}" for name in others]
        behind = max([_rate(score(found, sides[name], facet, False)) for name in others], default=-1.0)
        yield _verdict(facet, rates[0], least, rates[0] >= least and rates[0] > behind, beaten)
        yield _verdict(f"{facet}, hard", rates[1], least - HARD_BELOW, rates[1] >= least - HARD_BELOW, [])
    for hard in (False, True):
        one = detection(found, sides[own], "urgent", hard, lenient=True)
        name, less = ("urgent, hard", HARD_BELOW) if hard else ("urgent", 0.0)
        yield _verdict(
            f"{name}, recall", one.recall, URGENT_RECALL - less, one.recall >= URGENT_RECALL - less, [f"of {one.true}"]
        )
        least = URGENT_PRECISION - less
        yield _verdict(f"{name}, precision", one.precision, least, one.precision >= least, [])


def _rate(one: Score) -> float:
    return _share(one.lenient, one.n)


def _verdict(name: str, rate: float, least: float, reached: bool, beside: Sequence[str]) -> str:
    more = f" ({', '.join(beside)})" if beside else ""
    return f"{'reached' if reached else 'MISSED '}  {name:<24} {rate:.3f}, wanted {least:.2f}{more}"


# ---- running it


def main(words: Sequence[str] | None = None) -> int:
    """Print the table; 0 also where the texts are absent, which is said."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="dev", help="dev (default), held-out, all, or a JSON Lines file")
    parser.add_argument("--data", type=Path, default=DATA, help="the labelled texts (default: ../shared/data)")
    parser.add_argument("--rules", action="store_true", help="by the rules alone, without the fitted leanings")
    parser.add_argument("--no-baselines", action="store_true", help="only the program")
    parser.add_argument("--into", type=Path, metavar="PAGE", help="put the table into a page, between <!-- PART -->")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long to read for the speed, each way")
    parser.add_argument("--misses", metavar="FACET", help="list the ids that a facet is wrong of; never the texts")
    asked = parser.parse_args(words)
    path, part = (asked.data, asked.part) if asked.part in PARTS else (Path(asked.part), "all")
    if not path.exists():
        print(f"SKIPPED: the labelled texts are not there: {path}", file=sys.stderr)
        return 0
    found = list(records(path, part))
    texts = [one["text"] for one in found]
    lexicon = load_lexicon()._replace(leanings=Leanings()) if asked.rules else load_lexicon()
    sides = {"program": program(texts, lexicon)}
    if asked.misses:
        print("\n".join(_misses(found, sides["program"], asked.misses)))
        return 0
    sides |= {} if asked.no_baselines else baselines(asked.data, texts)
    rows = list(table(found, sides))
    print("\n".join([f"{asked.part}: {len(texts)} texts\n", *rows, "", *verdicts(found, sides), ""]))
    rates = speed(texts, lexicon, asked.seconds)
    print(f"{rates[0]:.0f} texts read a second, {rates[1]:.0f} read and judged")
    if asked.into is not None:
        put_into(asked.into, asked.part, rows)
    return 0


def put_into(page: Path, part: str, rows: Sequence[str]) -> None:
    """Put a table in the place of the one that a page holds between the two marks of its part."""
    mark = f"<!-- {part} -->"
    before, _, after = page.read_text(encoding="utf-8").split(mark)
    page.write_text("\n".join([before + mark, "", *rows, "", mark + after]), encoding="utf-8")


def baselines(data: Path, texts: Sequence[str]) -> dict[str, Answers]:
    """Give what the baselines say; nothing, with the reason on standard error, where they cannot be had."""
    lacking = reading_baselines.missing()
    if lacking is not None or not data.exists():
        reason = f'no module {lacking}; pip install "complaintctl[benchmarks]"' if lacking else f"{data} is not there"
        print(f"SKIPPED: the baselines: {reason}", file=sys.stderr)
        return {}
    learn = list(records(data, "dev"))
    labels = {facet: [accepted(one, facet)[0] for one in learn] for facet in FACETS}
    return {
        name: reading_baselines.answers(make, [one["text"] for one in learn], labels, texts)
        for name, make in reading_baselines.features().items()
    }


def _misses(found: Sequence[Mapping[str, Any]], answers: Answers, facet: str) -> Iterator[str]:
    for record, answer in zip(found, answers[facet], strict=True):
        if answer not in accepted(record, facet):
            yield f"{record['id']}  {answer!r}, right: {accepted(record, facet)!r}"


if __name__ == "__main__":
    sys.exit(main())
