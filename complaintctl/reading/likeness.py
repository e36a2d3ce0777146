"""Whether two complaints speak of the same thing: a pure comparison of their words, place and category.

It is meant for offering a link, not for making one: whoever takes the complaint down sees why and says yes or no.
Text is compared by overlapping pairs of characters, as the search does, without the words that every complaint has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from complaintctl.reading.topics import BESIDE, COMMON, FAILING, JOINING, ONE_MEANING, RISING, SHARED, SUPPLIES, WEAK

#: From so many points on two complaints are alike.
ENOUGH = 56
#: What a pair of characters in common gives, one that stands in many complaints, and all of them together at most.
PAIR, WEAK_PAIR, PAIRS_AT_MOST = 15, 5, 45
#: What it gives if the shorter text stands wholly in the other, and the other in it.
SHARE = 20
CATEGORY = 15
#: What the same place gives; what a matter gives that lies outside the buildings, told from the same one or from any;
#: what one gives of which the building is not known. A main that fails is the same one for everybody.
PLACE, NEARER, ANYWHERE, UNKNOWN, MAIN = 25, 20, 15, 10, 40
#: Both tell of a shared facility that fails, or one does and the other does not.
OUTAGE = 10
#: What mostly lies within one building: the same words about two buildings are two matters.
OF_A_BUILDING = ("facility", "building", "neighbour")
#: How far behind a thing its failure is looked for.
NEAR = 8


class _Plain(dict[int, int]):
    """Turns every character that tells nothing of the matter into a space: signs, counts, joining words."""

    def __missing__(self, code: int) -> int:
        hanzi = 0x3400 <= code <= 0x9FFF
        self[code] = code if (hanzi and chr(code) not in JOINING) or 0x61 <= code <= 0x7A else 0x20
        return self[code]


_PLAIN = _Plain()


class Matter(NamedTuple):
    """What a complaint is about, read once: the pairs of its text in their order, those of its place, and the rest.

    `building` is None where it is not known; `outage` says that a shared facility fails.
    """

    pairs: tuple[str, ...]
    place: frozenset[str]
    building: str | None
    category: str
    outage: bool = False


class Likeness(NamedTuple):
    """How alike two matters are (0 to 100), on what grounds (codes), and the words they have in common."""

    score: int
    because: tuple[str, ...]
    words: tuple[str, ...]


def matter(text: str, place: str | None, building: str | None, category: str, *, outage: bool = False) -> Matter:
    """Read what a complaint is about."""
    return Matter(pairs(text), frozenset(pairs(place or "")), building, category, outage)


def pairs(text: str) -> tuple[str, ...]:
    """Return the telling pairs of characters of a text in their order, words of one meaning made one."""
    return _pairs(_folded(text.lower()))


def _pairs(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for run in text.translate(_PLAIN).split():
        latin = "".join(char for char in run if char < "\u3400")
        if len(latin) > 2:
            found.append(latin)
        found += [
            run[at : at + 2] for at in range(len(run) - 1) if run[at : at + 2] > "\u3400" and run[at + 1] > "\u3400"
        ]
    return tuple(dict.fromkeys(one for one in found if one not in COMMON))


def _folded(text: str) -> str:
    """Return a text with one word for what is said in several ways."""
    for said, same in ONE_MEANING:
        if said in text:
            text = text.replace(said, same)
    for thing, failures in FAILING.items():
        at = text.find(thing)
        near = text[at + len(thing) : at + len(thing) + NEAR].partition(",")[0].partition("，")[0]
        if at >= 0 and not near.startswith(BESIDE) and any(failure in near for failure in failures):
            text = text[: at + len(thing)] + "故障 " + text[at + len(thing) :]
    at = text.find("涨")
    if at >= 0:
        rising = next((one for one in RISING if one in text[at : at + NEAR]), None)
        if rising is not None:
            text += f" {rising}涨价"
    return text


def alike(new: Matter, old: Matter) -> Likeness | None:
    """Compare a new complaint with an earlier one; None where they are not alike enough to ask."""
    common = set(new.pairs) & set(old.pairs)
    if not common:
        return None
    where, points = _where(new, old, common)
    if points is None:
        return None
    score = _text(common, len(new.pairs), len(old.pairs)) + points
    because = ["text", *where]
    if new.category == old.category:
        score += CATEGORY
        because.append("category")
    if new.outage or old.outage:
        score += OUTAGE if new.outage and old.outage else -OUTAGE
    return Likeness(score, tuple(because), _words(new.pairs, common)) if score >= ENOUGH else None


#: What the words that an earlier case has in common give, by how rare they are among all that are looked for; how much
#: of that case they are; and from so many points on it is worth looking at.
COVERED, SHORT, RESEMBLES = 60, 20, 26
#: A story of so many pairs has a word of every matter by chance: what it has in common counts half.
LONG = 200
#: How rare a pair is, that is not known (1: in every other complaint, 2: in a quarter …).
RARE = 4


def sought(text: str) -> tuple[str, ...]:
    """Return the pairs by which earlier cases are looked for: what stands there, and other ways to say that."""
    low = text.lower()
    folded = {same for said, same in ONE_MEANING if said in low or same in low}
    others = [one for said, same in ONE_MEANING if same in folded for one in (same, said) if len(one) == 2]
    return tuple(dict.fromkeys([*_pairs(low), *(one for one in others if one not in COMMON)]))


def resembles(new: Matter, old: Matter, rare: Mapping[str, int]) -> Likeness | None:
    """Compare a complaint with an earlier case, wherever it was; None where it would teach nothing.

    `rare` tells how rare pairs are among all complaints, by halves.
    """
    common = set(new.pairs) & set(old.pairs)
    if not common or common <= WEAK:
        return None
    found, whole = (sum(rare.get(pair, RARE) for pair in pairs) for pairs in (common, new.pairs))
    if len(common) == 1 and 2 * found < whole:
        # Where two words meet by chance there is one pair.
        return None
    length = min(len(old.pairs), LONG)
    score = COVERED * found * (2 * LONG - length) // (2 * LONG * whole) + SHORT * len(common) // length
    because = ("text", "category") if new.category == old.category else ("text",)
    score += CATEGORY if new.category == old.category else 0
    return Likeness(score, because, _words(new.pairs, common)) if score >= RESEMBLES else None


def _text(common: set[str], new: int, old: int) -> int:
    """Give the points for the text: how much is in common, and how much of both texts that is."""
    found = sum(WEAK_PAIR if pair in WEAK else PAIR for pair in common)
    share = len(common) * (new + old + 2 * min(new, old)) * SHARE // (2 * min(new, old) * (new + old))
    return min(found, PAIRS_AT_MOST) + share


def _where(new: Matter, old: Matter, common: set[str]) -> tuple[list[str], int | None]:
    """Give the ground and the points for the place; None where it cannot be the same."""
    if common.intersection(SUPPLIES):
        return ["site-wide"], MAIN
    if new.place and old.place and 2 * len(new.place & old.place) >= min(len(new.place), len(old.place)):
        return ["place"], PLACE
    if common & SHARED:
        return ["place"], PLACE if new.category == old.category else ANYWHERE
    known = new.building is not None and old.building is not None
    if new.category in OF_A_BUILDING or old.category in OF_A_BUILDING:
        if not known:
            return [], UNKNOWN
        return (["building"], PLACE) if new.building == old.building else ([], None)
    return (["building"], NEARER) if known and new.building == old.building else ([], ANYWHERE)


def _words(ordered: Iterable[str], common: set[str]) -> tuple[str, ...]:
    """Join the pairs in common that overlap to whole words, in the order in which the new text has them."""
    words: list[str] = []
    for pair in ordered:
        if pair not in common:
            continue
        if words and len(pair) == 2 and words[-1][-1] == pair[0]:
            words[-1] += pair[1]
        else:
            words.append(pair)
    return tuple(words)
