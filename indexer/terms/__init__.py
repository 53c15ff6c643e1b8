"""Text to terms: what a lexical index beside the vectors holds, as far as it can without regard to language.

A Chinese question meets an English passage through amounts, dates and names. Every term but those for quotes is of
letters, digits, Han characters, `_` and `.`; what comes before the first `_` tells its kind:

==============================  ==========================================================================
`n_8170000000_cny`              an amount in its base unit; `n_8170000000` its value, `n_minus5`, `n_14_th`
`d_2023.09.17`, `d_2023.h1`     a date, coarser ones with it; `d_plan14`, `d_congress20`
`p_liusonglin`                  what Han characters may be read as (passages in characters)
`l_liusonglin`                  a name in Latin letters (passages in letters)
`district`, `a350`, `武清`      words without a prefix: stems, codes, pairs of Han characters
`x_districts`, `x_the`, `x_5%`  what stands in a text to the letter, asked for by quotes alone (`exact_terms`)
==============================  ==========================================================================

Passages and queries go through the same functions, so that what matched is found again by intersecting
`passage_terms(passage)` with a group's alternatives.
"""

from indexer.terms.analyzer import (
    covered_share,
    name_readings,
    passage_terms,
    query_terms,
    rest_of_query,
    word_terms_of,
)
from indexer.terms.exact import EXACT, exact_pattern, exact_terms, own_term
from indexer.terms.indexed import index_terms
from indexer.terms.names.pinyin import SURNAMES
from indexer.terms.names.pinyin import syllables as syllable_count
from indexer.terms.relative_dates import dated_terms
from indexer.terms.slips import meant_terms
from indexer.terms.term_groups import TOGETHER, TermGroup, TermKind, heaviest
from indexer.terms.words import char_pairs, stem
from indexer.text.normalization import Writing, folded, simplified, writing

__all__ = [
    "EXACT",
    "SURNAMES",
    "TOGETHER",
    "TermGroup",
    "TermKind",
    "Writing",
    "char_pairs",
    "covered_share",
    "dated_terms",
    "exact_pattern",
    "exact_terms",
    "folded",
    "heaviest",
    "index_terms",
    "meant_terms",
    "name_readings",
    "own_term",
    "passage_terms",
    "query_terms",
    "rest_of_query",
    "simplified",
    "stem",
    "syllable_count",
    "word_terms_of",
    "writing",
]
