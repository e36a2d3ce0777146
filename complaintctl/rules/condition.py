"""The condition language of the procedure packs: equal, one of, at least, all, any, not.

A condition is the plain table that stands in the pack, so it survives a snapshot unchanged:
`{severity = "major"}`, `{kind = ["complaint", "repair"]}`, `{households = {at_least = 5}}`,
`all = [...]`, `any = [...]`, `not = {...}`; several keys in one table must all hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Condition = Mapping[str, Any]
Known = Mapping[str, Any]


def holds(condition: Condition, known: Known) -> bool:
    """Say whether the condition holds for what is known; an empty condition always does."""
    for key, wanted in condition.items():
        if key == "all":
            met = all(holds(part, known) for part in wanted)
        elif key == "any":
            met = any(holds(part, known) for part in wanted)
        elif key == "not":
            met = not holds(wanted, known)
        else:
            met = _matches(wanted, known.get(key))
        if not met:
            return False
    return True


def _matches(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, list):
        return value in wanted
    if isinstance(wanted, dict):
        return isinstance(value, int) and value >= int(wanted["at_least"])
    return bool(value == wanted)


def grounds(condition: Condition, known: Known) -> Iterator[tuple[str, Any]]:
    """Yield the facts (name, value) that make a condition hold; those under `not` are no grounds."""
    for key, wanted in condition.items():
        if key in ("all", "any"):
            for part in wanted:
                if holds(part, known):
                    yield from grounds(part, known)
        elif key != "not":
            yield key, known.get(key)


def leaves(condition: Condition) -> Iterator[str]:
    """Yield the name of every fact and judgement that the condition looks at."""
    for key, wanted in condition.items():
        if key in ("all", "any"):
            for part in wanted:
                yield from leaves(part)
        elif key == "not":
            yield from leaves(wanted)
        else:
            yield key


def check(condition: Any, where: str, values: Mapping[str, Any], wrong: Callable[..., Exception]) -> None:
    """Refuse a malformed condition by raising `wrong(key, expected, **values)`.

    `values` gives for every name that may stand in a condition either the tuple of its values,
    or "flag" or "int".
    """
    if not isinstance(condition, Mapping) or not condition:
        raise wrong(where, "a-condition")
    for key, wanted in condition.items():
        here = f"{where}.{key}"
        if key in ("all", "any"):
            if not isinstance(wanted, list) or not wanted:
                raise wrong(here, "a-list-of-conditions")
            for number, part in enumerate(wanted, 1):
                check(part, f"{here}[{number}]", values, wrong)
        elif key == "not":
            check(wanted, here, values, wrong)
        elif key not in values:
            raise wrong(here, "one-of", choices=", ".join(sorted([*values, "all", "any", "not"])))
        else:
            _check_leaf(wanted, here, values[key], wrong)


def _check_leaf(wanted: Any, here: str, kind: Any, wrong: Callable[..., Exception]) -> None:
    if kind == "flag":
        if not isinstance(wanted, bool):
            raise wrong(here, "true-or-false")
    elif kind == "int":
        number = wanted.get("at_least") if isinstance(wanted, Mapping) and len(wanted) == 1 else wanted
        if isinstance(number, bool) or not isinstance(number, int):
            raise wrong(here, "a-number-or-at-least")
    else:
        listed = wanted if isinstance(wanted, list) else [wanted]
        if not listed or not all(isinstance(value, str) and value in kind for value in listed):
            raise wrong(here, "one-of", choices=", ".join(kind))
