"""Speed, side by side with a peer: haihe and txtai on the same passages, model and machine, in turns.

    corpus → growth → worker (a process a task) ─┐
    systems → servers → clients ─────────────────┴▶ indexing, serving, vectors, update → run → report, plot

What is measured is what a user meets: whole processes, real HTTP on loopback. Nothing here knows the inside of an
index; the harness uses what `indexer` exports, the `haihe` command and the HTTP interface.
"""

from service.laboratory.bench.profiling import ProfiledFunction, profile
from service.laboratory.bench.records import BenchError, Measurement, Options, Report, Stage, options_of
from service.laboratory.bench.report import as_json, pictures, show, show_profile
from service.laboratory.bench.run import run

__all__ = [
    "BenchError",
    "Measurement",
    "Options",
    "ProfiledFunction",
    "Report",
    "Stage",
    "as_json",
    "options_of",
    "pictures",
    "profile",
    "run",
    "show",
    "show_profile",
]
