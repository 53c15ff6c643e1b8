"""The laboratory: named rankings over the same questions, side by side, over the real read path.

    datasets → laboratory → measures → rows → report, plot

Three kinds of datasets are read (`datasets`); what is compared is in `configurations`.
"""

from service.laboratory.evaluation.configurations import BASELINE, CONFIGURATIONS, DEFAULT, ConfigurationError, choose
from service.laboratory.evaluation.laboratory import evaluate
from service.laboratory.evaluation.plot import draw
from service.laboratory.evaluation.records import Figures, Row, Task, Topic, TopScores
from service.laboratory.evaluation.report import records, tables

__all__ = [
    "BASELINE",
    "CONFIGURATIONS",
    "DEFAULT",
    "ConfigurationError",
    "Figures",
    "Row",
    "Task",
    "TopScores",
    "Topic",
    "choose",
    "draw",
    "evaluate",
    "records",
    "tables",
]
