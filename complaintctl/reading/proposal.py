"""What is proposed of one fact, from a text or from a register; proposing from a register loads no lexicon."""

from typing import NamedTuple

Value = str | bool | int


class Proposal(NamedTuple):
    """A fact proposed: its value, the words (or names, or numbers) that led there, the rule that weighed most."""

    fact: str
    value: Value
    words: tuple[str, ...]
    rule: str
