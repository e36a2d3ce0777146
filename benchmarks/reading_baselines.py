"""Two plain readers to beat: character n-grams, and a segmenter's words, each with a linear classifier.

They learn each facet by itself from the preferred labels. What they say of a text they learned from is never scored:
texts of the development part are answered by cross-validation, others by what the whole development part taught.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

FOLDS = 5
SEED = 7
#: C of the support vector machine; 0.1 to 10 gave nearly the same on the development part.
STRENGTH = 1.0


def missing() -> str | None:
    """Say which module is not there, None if the baselines can be reckoned."""
    try:
        import jieba  # noqa: F401
        import sklearn  # noqa: F401
    except ModuleNotFoundError as error:
        return error.name
    return None


def features() -> Mapping[str, Callable[[], Any]]:
    """Give by name how each baseline turns texts into features."""
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer

    jieba.setLogLevel(logging.WARNING)
    return {
        "char n-grams": lambda: TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True),
        "words": lambda: TfidfVectorizer(
            tokenizer=jieba.lcut, token_pattern=None, ngram_range=(1, 2), lowercase=False, sublinear_tf=True
        ),
    }


def answers(
    make: Callable[[], Any], learn: Sequence[str], labels: Mapping[str, Sequence[Any]], ask: Sequence[str]
) -> dict[str, list[Any]]:
    """Answer every facet of the texts `ask` after learning from others.

    Args:
        make: gives the features to use.
        learn: the texts to learn from.
        labels: for each facet the preferred value of each of these.
        ask: the texts to answer; those that stand in `learn` are answered by folds that leave them out.
    """
    known = {text: number for number, text in enumerate(learn)}
    new = [text for text in ask if text not in known]
    found: dict[str, list[Any]] = {}
    for facet, values in labels.items():
        out_of_fold = _folded(make, learn, values) if len(new) < len(ask) else []
        fresh = dict(zip(new, _taught(make, learn, values, new), strict=True)) if new else {}
        found[facet] = [out_of_fold[known[text]] if text in known else fresh[text] for text in ask]
    return found


def _folded(make: Callable[[], Any], texts: Sequence[str], values: Sequence[Any]) -> list[Any]:
    from sklearn.model_selection import KFold

    found: list[Any] = [None] * len(texts)
    for learned, asked in KFold(FOLDS, shuffle=True, random_state=SEED).split(texts):
        said = _taught(
            make, [texts[one] for one in learned], [values[one] for one in learned], [texts[one] for one in asked]
        )
        for number, value in zip(asked, said, strict=True):
            found[number] = value
    return found


def _taught(make: Callable[[], Any], texts: Sequence[str], values: Sequence[Any], ask: Sequence[str]) -> list[Any]:
    """Learn one facet and answer it; where all texts have one value, that is the answer."""
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    choices = sorted(set(values), key=repr)
    if len(choices) == 1:
        return [choices[0]] * len(ask)
    model = make_pipeline(make(), LinearSVC(C=STRENGTH, class_weight="balanced", random_state=SEED))
    model.fit(texts, [choices.index(value) for value in values])
    return [choices[number] for number in model.predict(ask)]
