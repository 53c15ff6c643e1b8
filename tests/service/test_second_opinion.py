"""A second encoder's opinion in the ranking: what it adds, where it is heard, and how it is switched off."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest
from deep_corpus import deep_corpus
from fakes import FakeSecondEncoder

from indexer import Language, SnapshotMismatch, index_passages, open_snapshot, query_language, read_manifest
from service import Query, RankingMethod, Searcher
from service.search.fair import HEAD
from service.search.fusion import Fusion, Weights, fusion_of
from service.search.signals import SIGNALS

QUESTIONS = ("公交", "bus", "铁路公交换乘", "budget of the hospital", "completely unrelated")
EVERYTHING = 100


@pytest.fixture(scope="module")
def index(build, articles_folder, tmp_path_factory):
    """The corpus with a second opinion. Only to be read."""
    return build(articles_folder, tmp_path_factory.mktemp("second") / "index", second=FakeSecondEncoder())


@pytest.fixture(scope="module")
def heard(index, encoder):
    with closing(open_snapshot(index)) as snapshot:
        yield Searcher(snapshot, encoder, second=FakeSecondEncoder())


@pytest.fixture(scope="module")
def unheard(index, encoder):
    """The same index, asked without it."""
    with closing(open_snapshot(index)) as snapshot:
        yield Searcher(snapshot, encoder)


def _rank(searcher, question, fusion=None, **options):
    query = Query(question, k=EVERYTHING, **options)
    return searcher.rank(query, searcher.prepare([question])[0], fusion)


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_adds_its_share_to_the_score_of_each_candidate(heard, unheard, question):
    """And nothing else: all other signals are what they were."""
    found = {candidate.id: candidate for candidate in _rank(heard, question)}
    before = {candidate.id: candidate for candidate in _rank(unheard, question)}
    assert found.keys() == before.keys()
    for identifier, candidate in found.items():
        others = {name: value for name, value in candidate.signals.items() if name != "second"}
        assert others == before[identifier].signals
        expected = before[identifier].score + 0.3 * candidate.signals["second"]
        assert candidate.score == pytest.approx(expected, abs=1e-5)


def test_it_changes_the_order(heard, unheard):
    """Where two passages are alike to the first encoder, the second decides; here it prefers other ones."""
    changed = [
        question
        for question in QUESTIONS
        if [one.id for one in _rank(heard, question)] != [one.id for one in _rank(unheard, question)]
    ]
    assert changed


class Partisan(FakeSecondEncoder):
    """A second encoder to which all that names a river says the same as each question on music."""

    def encode(self, texts):
        found = FakeSecondEncoder.encode(self, texts)
        for row, text in zip(found, texts, strict=True):
            if "river" in text or "music" in text:
                row[:] = np.eye(self.dimension)[0]
        return found


def test_a_passage_that_it_finds_near_is_lifted(build, encoder, write_corpus, tmp_path):
    """Over one that the first encoder finds as near."""
    texts = {"a.md": "The orchard by the road was sold.", "b.md": "The orchard by the river was sold."}
    folder = write_corpus(tmp_path / "articles", {name: {"text": text} for name, text in texts.items()})
    index = build(folder, tmp_path / "index", second=Partisan())
    with closing(open_snapshot(index)) as snapshot:
        first, second = _rank(Searcher(snapshot, encoder, second=Partisan()), "music in an orchard")
        without = _rank(Searcher(snapshot, encoder), "music in an orchard")
    assert (first.document_id, second.document_id) == ("b.md", "a.md")
    more = first.signals["second"] - second.signals["second"]
    assert more > 1
    assert abs(without[0].score - without[1].score) < 0.3 * more


@pytest.mark.parametrize("question", QUESTIONS)
def test_its_scores_are_those_of_the_index_for_the_question_as_it_reads_it(heard, monkeypatch, question):
    """Centred as questions of its language are, whatever the language of the passage.

    What the first encoder loses on translations says nothing of it.
    """
    monkeypatch.setattr(heard.snapshot, "attenuation", 2.0)
    second, pools = FakeSecondEncoder(), heard.snapshot.pools
    asked = pools[query_language(question)].second.space.centre_query(second.encode([question])[0])
    for candidate in _rank(heard, question):
        expected = pools[candidate.language].second.scores(asked, np.array([candidate.row]))
        assert candidate.signals["second"] == pytest.approx(float(expected[0]), abs=1e-4)


@pytest.mark.parametrize("language", Language)
def test_beyond_the_candidates_that_are_looked_at_it_is_unknown(encoder, scratch_cache, tmp_path, language):
    """As late interaction is; and these stand behind the others."""
    index_passages(deep_corpus(), tmp_path / "index", encoder, second=FakeSecondEncoder())
    with closing(open_snapshot(tmp_path / "index")) as snapshot:
        searcher = Searcher(snapshot, encoder, second=FakeSecondEncoder())
        query = Query("bus to the hospital", k=200, languages=(language,))
        ranking = searcher.rank(query, searcher.prepare([query.text])[0])
    known = ["second" in candidate.signals for candidate in ranking]
    assert known == ["tokens" in candidate.signals for candidate in ranking]
    assert 0 < sum(known) <= HEAD < len(known)
    assert known == sorted(known, reverse=True)


def test_the_plain_ranking_does_not_hear_it(heard, unheard):
    """It is the one to compare with."""
    for question in QUESTIONS:
        assert _rank(heard, question, ranking=RankingMethod.PLAIN) == _rank(
            unheard, question, ranking=RankingMethod.PLAIN
        )


def test_weights_without_it_do_not_ask_it(heard, unheard):
    """So what it adds can be measured in one index."""
    fusion = Fusion.by(fusion_of(frozenset(SIGNALS)).weights.but(second=0.0))
    for question in QUESTIONS:
        assert _rank(heard, question, fusion) == _rank(unheard, question)
        assert not any("second" in candidate.signals for candidate in _rank(heard, question, fusion))


def test_scores_that_were_worked_out_before_are_the_scores(heard):
    """Whatever was asked for of the same prepared query: evaluations rank it by one fusion after the other."""
    query = Query("bus on the railway", k=EVERYTHING)
    prepared, anew = (heard.prepare([query.text])[0] for _ in range(2))
    heard.rank(replace(query, k=2), prepared, Fusion.by(Weights({"second": 1.0}, reach=1.0)))
    assert heard.rank(query, prepared) == heard.rank(query, anew)


def test_it_counts_with_tokens_and_without_and_draws_no_candidates():
    """Those are drawn by the first encoder and by terms."""
    every, without_tokens = (fusion_of(frozenset(SIGNALS) - left_out).weights for left_out in (set(), {"tokens"}))
    assert every["second"] == without_tokens["second"] == 0.3
    assert every.but(second=0.0).first_encoder == every.first_encoder
    assert Weights({"second": 0.3}).first_encoder == 0


def test_an_index_without_it_is_searched_without(searcher, index_folder, encoder):
    """Whether or not it is asked for."""
    with closing(open_snapshot(index_folder)) as snapshot:
        willing = Searcher(snapshot, encoder, second=FakeSecondEncoder())
        for question in QUESTIONS:
            assert _rank(willing, question) == _rank(searcher, question)


def test_another_second_encoder_is_refused(index, encoder):
    """Its opinion of the question would be of another kind."""
    with closing(open_snapshot(index)) as snapshot, pytest.raises(SnapshotMismatch, match="HAIHE_SECOND_OPINION"):
        Searcher(snapshot, encoder, second=FakeSecondEncoder(name="another"))


def test_the_setting_keeps_it_out_of_the_index_and_out_of_the_ranking(haihe, articles_folder, tmp_path, monkeypatch):
    """`HAIHE_SECOND_OPINION=false`: nothing of it is kept, and what is kept isn't asked."""

    def kept(index):
        return {name.split(".")[1] for name in read_manifest(index).files if "second" in name}

    def signals(index):
        found = haihe("search", "公交", "--index", index, "--format", "jsonl", "--explain")
        assert found.code == 0, found.err
        return {'"second":null' in line.replace(" ", "") for line in found.out.splitlines()}

    one, other = tmp_path / "one", tmp_path / "other"
    assert haihe("index", articles_folder, "--index", one).code == 0
    assert (kept(one), signals(one)) == ({"second"}, {False})
    monkeypatch.setenv("HAIHE_SECOND_OPINION", "false")
    assert haihe("index", articles_folder, "--index", other).code == 0
    assert (kept(other), signals(other), signals(one)) == (set(), {True}, {True})
    monkeypatch.delenv("HAIHE_SECOND_OPINION")
    assert signals(other) == {True}
