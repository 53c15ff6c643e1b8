"""Fit the weights of the signals and the calibration of the score, and write service/search/fusion.toml.

Weights are searched on every other question of the development set, with XQuAD-R mixed in, and checked on the rest; the
best are printed, and written only where --weights says so. The calibration is a logistic regression over the first
candidates in three indexes of different sizes. One is fitted for each set of signals that the file has:

    python scripts/fit_ranking.py ../shared/relevance/xquad-r --write
"""

import argparse
import itertools
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from judged_index import RELEVANCE, opened, relevance, sampled_topics
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from indexer import Encoder, SecondEncoder, load_encoder, load_second_encoder
from service.laboratory.evaluation import Task
from service.records import AnswerFeatures, Query
from service.search.fusion import FUSIONS_FILE, Calibration, Fusion, Weights, design_of, parse_fusions, read_fusions
from service.search.searcher import Searcher
from service.search.signals import BY_FIRST_ENCODER

DEPTH = 60
TOP = 40
SHARED = 0.75
"""How much of the worth of shared words counts: the rest would cost answers that are put in other words."""
EVEN = 0.5
FOLDS = 10

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """The candidates of one question: what speaks for each, and whether it is relevant."""

    id: str
    kind: str
    focus: float
    signals: list[Mapping[str, float]]
    features: list[AnswerFeatures]
    relevant: Vector

    def scores(self, weights: Weights) -> Vector:
        """The candidates' scores."""
        focused = weights.focused(self.focus)
        return np.array([focused.score(signals) for signals in self.signals])

    def best_first(self, weights: Weights) -> tuple[Vector, NDArray[np.int64]]:
        """The candidates' scores, and their places by them."""
        scores = self.scores(weights)
        return scores, np.argsort(-scores, kind="stable")


def main() -> None:
    """Print what the weights reach on both halves and how well the calibration fits, and write what is fitted."""
    options = _options()
    encoder, second = load_encoder(announce=print), load_second_encoder(print)
    noisy = collect(RELEVANCE, encoder, second, noise=options.xquad)
    small, foreign = collect(RELEVANCE, encoder, second), collect(options.xquad, encoder, second)
    fitted = []
    for fusion in read_fusions():
        if not fusion.weights.has_terms:  # for passages like another, and to compare with: no question's likelihood
            fitted.append(fusion)
            continue
        late_interaction = "tokens" in fusion.signals
        weights = fit_weights(
            [question for question in noisy[late_interaction] if question.kind != "none"], fusion.weights
        )
        weights = weights if options.weights else fusion.weights
        calibration = calibrate([judged[late_interaction] for judged in (noisy, small, foreign)], weights)
        fitted.append(Fusion(weights, calibration))
    if options.write:
        text = to_toml(fitted)
        parse_fusions(text, "what was fitted")
        FUSIONS_FILE.write_text(text, "utf-8")
        print(f"wrote {FUSIONS_FILE}")


def to_toml(fusions: list[Fusion]) -> str:
    """The fusions as a file."""
    head = FUSIONS_FILE.read_text("utf-8").partition("\n\n")[0]
    entries = [
        f"[[fusions]]\nreach = {fusion.weights.reach}\nweights = {_table(fusion.weights.by_signal)}\n"
        f"calibration = {_table(asdict(fusion.calibration))}\n"
        for fusion in fusions
    ]
    return "\n".join([f"{head}\n", *entries])


def _table(values: Mapping[str, float]) -> str:
    return "{ " + ", ".join(f"{name} = {value}" for name, value in values.items()) + " }"


def collect(
    folder: Path, encoder: Encoder, second: SecondEncoder, *, noise: Path | None = None
) -> dict[bool, list[Judged]]:
    """Ask a dataset's questions and judge the first candidates, with late interaction and without."""
    with opened(folder, encoder, second, noise) as (task, snapshot):
        return {
            late_interaction: list(
                ask(task, Searcher(snapshot, encoder, second=second, late_interaction=late_interaction))
            )
            for late_interaction in (True, False)
        }


def ask(task: Task, searcher: Searcher) -> Iterator[Judged]:
    """The first candidates of each question, with all signals."""
    for topic in sampled_topics(task):
        (prepared,) = searcher.prepare([topic.text])
        ranking = searcher.rank(Query(topic.text, k=DEPTH), prepared)
        yield Judged(
            topic.id,
            topic.kind or "",
            prepared.terms.focus,
            [candidate.signals for candidate in ranking],
            [candidate.features for candidate in ranking],
            relevance(task, topic, ranking).astype(float),
        )


def fit_weights(questions: list[Judged], in_use: Weights) -> Weights:
    """Search the weights in use but that of the first encoder, one after the other; one of 0 isn't searched."""
    half, rest = questions[::2], questions[1::2]
    best = in_use
    searched = [name for name in in_use.by_signal if name not in BY_FIRST_ENCODER]
    for name, value in itertools.product(searched, (0.0, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5)):
        tried = best.but(**{name: value})
        if reciprocal_rank(half, tried) > reciprocal_rank(half, best) + 0.002:
            best = tried
    for name, weights in (("in use", in_use), ("best on one half", best)):
        reached = f"{reciprocal_rank(half, weights):.3f} on it, {reciprocal_rank(rest, weights):.3f} on the other"
        print(f"{name:18} RR {reached}: {dict(weights.by_signal)}")
    return best


def reciprocal_rank(questions: list[Judged], weights: Weights) -> float:
    """The mean over questions."""
    return float(np.mean([_reciprocal_rank(question, weights) for question in questions]))


def _reciprocal_rank(question: Judged, weights: Weights) -> float:
    scores = question.scores(weights)
    found = scores[question.relevant > 0]
    return 1 / (1 + int((scores > found.max()).sum())) if len(found) else 0.0


def calibrate(indexes: list[list[Judged]], weights: Weights) -> Calibration:
    """Fit the logarithm of the odds, and show how well it fits, also to questions that it wasn't fitted on."""
    coefficients = fit(indexes, weights)
    calibration = Calibration(*coefficients.round(2).tolist())
    print(calibration)
    left_out = [fit([outside(fold, questions) for questions in indexes], weights) for fold in range(FOLDS)]
    for questions in indexes:
        rows, relevant = design(questions, weights, top=TOP)
        error = calibration_error(likelihood(rows @ coefficients), relevant)
        print(f"{questions[0].features[0].passages:6} passages: expected calibration error {error:.3f}")
        separation(questions, weights, np.array([first(question, weights, coefficients) for question in questions]))
        crossed = [first(question, weights, left_out[fold_of(question)]) for question in questions]
        separation(questions, weights, np.array(crossed), "cross-validated: ")
    return calibration


def fold_of(question: Judged) -> int:
    """One of ten parts, the same in every index."""
    return zlib.crc32(question.id.encode()) % FOLDS


def outside(fold: int, questions: list[Judged]) -> list[Judged]:
    """The questions of all parts but one."""
    return [question for question in questions if fold_of(question) != fold]


def fit(indexes: list[list[Judged]], weights: Weights) -> Vector:
    """Coefficients as `Calibration` has them, each index as heavy as the others.

    What the first hit lacks, in whose words it speaks and how well the corpus matches say something of the question.
    So their worth, in deviations, is fitted on first hits alone, of the indexes with unanswered questions; among an
    answered question's other candidates they tell nothing. The rest is fitted on these, too.
    """
    asked = [questions for questions in indexes if any(question.kind == "none" for question in questions)]
    slope, _, missing, shared, corpus, _ = joint([design(questions, weights, top=1) for questions in asked])
    of_answer = np.array([missing, SHARED * shared, corpus]) / slope
    worth = np.array([[1, 0, 0], [0, 1, 0], *((worth, 0, 0) for worth in of_answer), [0, 0, 1]])
    parts = [design(questions, weights, top=TOP) for questions in indexes]
    coefficients: Vector = worth @ joint([(rows @ worth, relevant) for rows, relevant in parts])
    return coefficients


def joint(parts: list[tuple[Vector, Vector]]) -> Vector:
    """Coefficients of the rows and their relevance, each part as heavy as the others."""
    rows, relevant = (np.concatenate(found) for found in zip(*parts, strict=True))
    weights = np.concatenate([np.full(len(found), 1e4 / len(found)) for _, found in parts])
    return logistic(rows, relevant, weights)


def separation(questions: list[Judged], weights: Weights, scores: Vector, how: str = "") -> None:
    """Show how the scores of the first hits of answered and unanswered questions differ."""
    is_none = np.array([question.kind == "none" for question in questions])
    is_right = np.array([question.relevant[question.best_first(weights)[1][0]] > 0 for question in questions])
    if is_none.any():
        none, some, right = scores[is_none], scores[~is_none], scores[is_right]
        shares = [f"{(found > EVEN).mean():.0%}" for found in (none, some, right)]
        print(f"       {how}first hits over .5: {shares[0]} of unanswered (the highest {none.max():.2f}),", end=" ")
        print(f"{shares[1]} of answered questions, {shares[2]} of those that are right;", end=" ")
        print(f"AUC {(some[:, None] > none[None]).mean():.3f}")


def design(questions: list[Judged], weights: Weights, *, top: int) -> tuple[Vector, Vector]:
    """What the likelihood depends on, for the first candidates of each question: as `Calibration` has it."""
    rows, relevant = [], []
    for question in questions:
        scores, best_first = question.best_first(weights)
        of_answer = design_of(question.features[best_first[0]])
        rows += [(scores[place], *of_answer) for place in best_first[:top]]
        relevant += question.relevant[best_first[:top]].tolist()
    return np.array(rows), np.array(relevant)


def first(question: Judged, weights: Weights, coefficients: Vector) -> float:
    """The first hit's likelihood."""
    return float(likelihood(design([question], weights, top=1)[0][0] @ coefficients))


def likelihood(logits: Vector) -> Vector:
    """0 to 1."""
    likely: Vector = 1 / (1 + np.exp(-logits))
    return likely


def logistic(rows: Vector, relevant: Vector, weights: Vector) -> Vector:
    """Coefficients of the largest likelihood; the penalty is as good as none, and 0 for a column of zeros."""
    model = LogisticRegression(C=1e6, fit_intercept=False, solver="newton-cholesky", tol=1e-8)
    fitted: Vector = model.fit(rows, relevant, weights).coef_[0]
    return fitted


def calibration_error(likely: Vector, relevant: Vector) -> float:
    """The mean distance between likelihood and relevance, over ten bins."""
    bins = np.minimum((likely * 10).astype(int), 9)
    return float(
        sum(abs(likely[bins == one].mean() - relevant[bins == one].mean()) * (bins == one).mean() for one in set(bins))
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("xquad", type=Path, help="the folder of XQuAD-R")
    parser.add_argument("--write", action="store_true", help="write the file anew")
    parser.add_argument("--weights", action="store_true", help="with the weights that are best on one half")
    return parser.parse_args()


if __name__ == "__main__":
    main()
