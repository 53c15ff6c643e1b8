"""The signals: what says something for or against a passage. A file each, and a line here.

The first stage draws candidates by `Dense` and `Terms`; the `SECOND_STAGE` is worked out for the best of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.search.signals.dense import Dense
from service.search.signals.second_encoder import SecondEncoder
from service.search.signals.sentences import Sentences
from service.search.signals.terms import TERM_SIGNALS
from service.search.signals.tokens import Tokens

if TYPE_CHECKING:
    from service.search.signals.signal import Signal

SECOND_STAGE: tuple[type[Signal], ...] = (Sentences, Tokens, SecondEncoder)
BY_FIRST_ENCODER = (Dense.name, *(signal.name for signal in SECOND_STAGE if signal.is_by_first_encoder))
SIGNALS = (Dense.name, *(signal.name for signal in SECOND_STAGE), *TERM_SIGNALS)
"""The names of all signals, as explanations list them."""
