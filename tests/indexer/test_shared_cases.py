"""Small documents after public reports of what other readers lost: each as its README says that it should be read.

`pytest tests/indexer/test_shared_cases.py -rA` prints a line a case.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from indexer.articles import ArticleFile, Reading, list_files, read_file

SHARED = Path(os.environ.get("HAIHE_SHARED") or Path(__file__).resolve().parents[3] / "shared")
READING = SHARED / "cases" / "reading"

BY_HAND = {
    "enc-utf16-nobom": "海湾市",
    "enc-utf16-nobom-en": "The ",
    "enc-utf8-cut-at-end": "海湾市",
    "enc-utf8-one-bad-byte": "海湾市",
    "html-ruby": "海湾市龛庙会昨日开幕",
    "md-tab-frontmatter": "海湾市",
    "md-title-at": "海湾市",
    "md-title-colon": "海湾市",
    "pdf-kangxi-chrome": "局长陆望川表示，改造后漏损率有望从百分之十八降至百分之九，夏季高峰期的低水压问题也将得到缓解。",
    "pdf-bilingual-wrap": "四万户居民，总投资约三亿元。局长陆望川表示",
    "pdf-number-line": "1204 ballots were spoiled",
    "pdf-sentence-over-page": "the largest of the five would crack again",
    "pdf-two-columns-row-order": "flour had doubled",
    "pdf-vertical": "海湾市水务局昨日宣布，全市老旧供水管网改造工程将于下月启动",
    "txt-emoji-zwj": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
}
"""What has to be in the text where the README says so in words only."""
NEVER = {
    "pdf-heads-odd-even": ["海湾市志·水务卷", "海湾市地方志编纂委员会编"],
    "pdf-heads-three-lines": ["内部发行 注意保存"],
    "pdf-heads-two-pages": ["第 1 页", "海湾市志·水务卷"],
    "pdf-two-columns-row-order": ["spoke of Right"],
}


def read(case: Path) -> tuple[list[Reading], list[str]]:
    """The readings of a case's files, and what was said of those that can't be read."""
    readings, errors = [], []
    for path in sorted(case.iterdir()):
        if path.name != "README.txt" and path.is_file():
            for found in read_file(ArticleFile(path, path.name)):
                if isinstance(found, Reading):
                    readings.append(found)
                else:
                    errors.append(str(found))
    return readings, errors


def faults(case: Path) -> list[str]:
    """What is still read wrongly in a case."""
    readme = (case / "README.txt").read_text("utf-8")
    readings, errors = read(case)
    text = "\n".join(f"{one.document.title}\n{one.document.text}\n" for one in readings)
    flat = " ".join(text.split())
    found = [f"lacks {one!r}" for one in re.findall(r"missing '([^']*)'", readme) if one not in flat]
    found += [f"has {one!r}" for one in re.findall(r"unwanted '([^']*)'", readme) if one in flat]
    for name, value in re.findall(r"(title|author|published): expected '([^']*)'", readme):
        values = [str(getattr(one.document, name)) for one in readings]
        found += [f"{name} {one!r}" for one in values if one != value]
    found += ["has an author"] * sum(bool(one.document.author) for one in readings if "author: expected None" in readme)
    if (part := BY_HAND.get(case.name)) and part not in text:
        found.append(f"lacks {part!r}")
    found += [f"has {part!r}" for part in NEVER.get(case.name, []) if part in text]
    return found if readings else [*found, *errors]


CASES = sorted(case for case in READING.iterdir() if case.is_dir()) if READING.is_dir() else []
SPECIAL = {"legacy-doc-rtf", "symlinked-folder", "jsonl-date-forms", "pdf-gbkp-euc-h"}


@pytest.mark.skipif(not CASES, reason=f"{READING} is missing; set HAIHE_SHARED to the folder with cases/")
class TestSharedCases:
    """The cases beside the project."""

    @pytest.mark.parametrize("case", [case for case in CASES if case.name not in SPECIAL], ids=lambda case: case.name)
    def test_it_is_read_as_its_readme_says(self, case: Path):
        """Nothing is missing, nothing unwanted, and the fields are as stated."""
        assert faults(case) == []

    def test_dates_of_json_lines_are_read_or_null(self):
        """A month without a day, and a day that may be a month, are none."""
        days = {one.document.id: str(one.document.published) for one in read(READING / "jsonl-date-forms")[0]}
        assert {key: days[key] for key in "adgh"} == dict.fromkeys("adgh", "2023-09-01")
        assert days["f"] == "None"
        assert days["e"] in {"None", "2023-09-01"}

    def test_a_garbled_text_layer_is_refused(self):
        """Or read right; never indexed as noise."""
        readings, errors = read(READING / "pdf-gbkp-euc-h")
        assert errors or not re.search("[\uac00-\ud7af]", readings[0].document.text)

    def test_files_of_other_kinds_are_named(self):
        """None is passed over in silence: each is read, or the error says what to do."""
        folder = READING / "legacy-doc-rtf"
        files = [path for path in sorted(folder.iterdir()) if path.name != "README.txt"]
        listed = {file.path.name for file in list_files([folder])}
        unread = [path.name for path in files if path.name not in listed]
        assert unread == []

    def test_a_folder_that_is_linked_is_read_or_named(self):
        """Links inside the root are followed; one that leaves it is said."""
        assert list_files([READING / "symlinked-folder" / "articles"])
