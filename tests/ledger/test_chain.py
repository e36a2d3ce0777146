"""The canonical form and the hashes, held against an independent reckoning."""

import hashlib
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintctl.ledger import chain
from complaintctl.ledger.store import Ledger

WORD = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
KEY = st.text(st.characters(max_codepoint=127), max_size=8)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | WORD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEY, inner, max_size=3),
    max_leaves=8,
)
BODY = st.dictionaries(KEY, VALUE, max_size=4)


@given(BODY)
@settings(max_examples=60, deadline=None)
def test_the_canonical_form_reads_back_as_the_cleaned_value(value: dict[str, Any]) -> None:
    cleaned = chain.clean(value)
    text = chain.dumps(cleaned)
    assert json.loads(text) == cleaned
    assert chain.clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", text)


def test_two_ways_to_write_a_letter_become_one() -> None:
    assert chain.clean({"name": "Jose\u0301"}) == {"name": "Jos\u00e9"}


def test_keys_are_sorted_and_nothing_is_spent_on_spaces() -> None:
    assert chain.dumps(chain.clean({"b": [1, None, True], "a": "电梯"})) == '{"a":"电梯","b":[1,null,true]}'


@pytest.mark.parametrize(
    "value",
    [1.0, 2**53, -(2**53), (1,), {"键": 1}, {1: 2}, "\ud800", b"x", {"a": {1, 2}}, float("nan")],
)
def test_what_has_no_canonical_form_is_a_fault_of_the_program(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        chain.clean(value)


def test_the_hash_of_an_entry_reckoned_by_hand(tmp_path: Any) -> None:
    path = tmp_path / "desk.db"
    with Ledger.create(path) as ledger, ledger.write("张三", 2_000) as batch:
        batch.append("complaint/1", "logged", 1_900, {"b": 1, "a": "é"}, {"phone": "138"})
    with Ledger.open(path) as ledger:
        row = ledger.query.rows("SELECT * FROM entry")[0]
        digest = hashlib.sha256(b"complaintctl private 1\n" + row["salt"] + b'{"phone":"138"}').digest()
        assert row["private_digest"] == digest
        line = f'[1,1,"complaint/1","logged",1900,2000,"张三","{digest.hex()}"]'
        body = '{"a":"é","b":1}'
        expected = hashlib.sha256(f"complaintctl entry 1\n{chr(0) * 32}{line}\n{body}".encode()).hexdigest()
        assert ledger.head() == (1, expected, 1)


def test_the_same_private_words_have_another_digest_each_time(tmp_path: Any) -> None:
    path = tmp_path / "desk.db"
    with Ledger.create(path) as ledger, ledger.write("a", 1) as batch:
        for _ in range(2):
            batch.append("complaint/1", "logged", 1, {}, {"phone": "15400005678"})
    with Ledger.open(path) as ledger:
        one, two = (row[0] for row in ledger.query.rows("SELECT private_digest FROM entry"))
        assert one != two


@given(st.lists(st.tuples(KEY.filter(bool), BODY, st.none() | BODY), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_what_is_appended_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[str, dict[str, Any], dict[str, Any] | None]]
) -> None:
    from complaintctl.ledger.check import verify

    path = tmp_path_factory.mktemp("chain") / "desk.db"
    with Ledger.create(path) as ledger, ledger.write("a", 7) as batch:
        # The words `erased` and `evidence` say something to the ledger, so bodies here are one level down.
        appended = [batch.append("site", kind, 5, {"body": body}, private) for kind, body, private in written]
    with Ledger.open(path) as ledger:
        assert list(ledger.all_entries()) == appended
        assert ledger.entries("site") == appended
        assert verify(ledger) == []
