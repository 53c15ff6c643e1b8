"""Build the documentation's site, English and Chinese, from docs/.

Stages a tree for each language (x.md or x.zh.md, links between them, generated tables and the API's reference), lets
Zensical make a site of it, and checks that no page loads anything from another host.

Example: python scripts/build_docs.py --out build/site
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from documentation import api, checks
from documentation.links import Links, MissingPictureError
from documentation.notebook import notebook_page
from documentation.settings import settings_table
from documentation.words import MissingTranslationsError, Words

_ROOT = Path(__file__).parents[1]
_DOCS = _ROOT / "docs"
_COPIED = ("images", "theme.css")
_ROOT_PAGES = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}
_ALIASES = {"README.md": "start.md", "README.zh.md": "start.md", "docs/decisions": "decisions/index.md"}
"""What pages link to, and where the site says the same."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One language's site."""

    language: str
    other: str
    other_name: str
    folder: str
    other_root: str
    stand_in: str
    """What a page begins with that is there in the other language only."""


EDITIONS = (
    Edition("en", "zh", "中文", "", "zh/", '!!! note ""\n    This page is in Chinese only.'),
    Edition("zh", "en", "English", "zh", "../", '!!! note ""\n    这一页只有英文。'),
)


def main() -> None:
    """Build, check, and say where it is."""
    options = _options()
    shutil.rmtree(options.out, ignore_errors=True)
    shutil.rmtree(options.work, ignore_errors=True)
    try:
        for edition in EDITIONS:
            stage(edition, options.work / edition.language)
            _zensical(options.work / edition.language)
            shutil.copytree(options.work / edition.language / "site", options.out / edition.folder)
    except (MissingPictureError, MissingTranslationsError) as error:
        sys.exit(str(error))
    if found := checks.foreign_loads(options.out):
        sys.exit("These load from other hosts; keep their files in docs/:\n" + "\n".join(found))
    print(f"{len(list(options.out.rglob('*.html')))} pages: {options.out / 'index.html'}")


def stage(edition: Edition, work: Path) -> None:
    """Write what Zensical makes one language's site of."""
    docs = work / "docs"
    docs.mkdir(parents=True)
    _copy(docs)
    pages, own = _sources(edition)
    files = {str(path.relative_to(_ROOT)) for path in (_DOCS / "images").rglob("*")}
    links = Links({**_of_both(), **_ALIASES, **pages}, own, files, edition.other_root)
    texts = {page: _text(source, own, edition, links) for source, page in pages.items()}
    texts["notebook.md"] = notebook_page(_DOCS / "notebook.ipynb", docs / "images")
    for page, text in _generated(texts, docs, edition).items():
        (docs / page).parent.mkdir(parents=True, exist_ok=True)
        (docs / page).write_text(text, "utf-8")
    (work / "mkdocs.yml").write_text(yaml.safe_dump(_configuration(edition), allow_unicode=True), "utf-8")


def _text(source: str, own: set[str], edition: Edition, links: Links) -> str:
    text = links.rewritten((_ROOT / source).read_text("utf-8"), source)
    return text if source in own else text.replace("\n\n", f"\n\n{edition.stand_in}\n\n", 1)


def _copy(docs: Path) -> None:
    for name in _COPIED:
        source = _DOCS / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, docs / name)


def _sources(edition: Edition) -> tuple[dict[str, str], set[str]]:
    """The sources of a language's pages, and all that are written in it; where there is none, the other's stands in."""
    everything = _of_both()
    own = {source for source in everything if source.endswith(".zh.md") == (edition.language == "zh")}
    chosen = {everything[source]: source for source in sorted(everything, key=lambda source: source in own)}
    return {source: page for page, source in chosen.items()}, own


def _of_both() -> dict[str, str]:
    """Every source of a page, and its page."""
    docs = [str(path.relative_to(_ROOT)) for path in _DOCS.rglob("*.md")]
    pages = {source: source.removeprefix("docs/").replace(".zh.md", ".md") for source in docs}
    return {**pages, **_ROOT_PAGES, "docs/notebook.ipynb": "notebook.md"}


def _generated(texts: dict[str, str], docs: Path, edition: Edition) -> dict[str, str]:
    """The pages with what is generated in its place."""
    words, described = Words(edition.language), api.description()
    (docs / "openapi.json").write_text(json.dumps(described, ensure_ascii=False, indent=1), "utf-8")
    parts = {
        "settings": settings_table(words),
        "routes": api.routes(described, words),
        "records": api.records(described, words),
    }
    words.check()
    return {page: _filled(text, parts) for page, text in texts.items()}


def _filled(text: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        text = text.replace(f"<!-- generated: {name} -->", part)
    return text


def _configuration(edition: Edition) -> dict[str, Any]:
    """docs/site.yml in one language."""
    site = yaml.safe_load((_DOCS / "site.yml").read_text("utf-8"))
    shown: dict[str, Any] = _in(edition.language, site)
    shown["theme"] |= {"language": edition.language, "custom_dir": str(_DOCS / "theme")}
    shown["extra"] |= {
        "other_language": edition.other,
        "other_name": edition.other_name,
        "other_root": edition.other_root,
    }
    return shown


def _in(language: str, node: Any) -> Any:  # noqa: ANN401 - any YAML
    """What says "English | 中文", wherever it stands, in one language."""
    if isinstance(node, dict):
        return {_in(language, key): _in(language, value) for key, value in node.items()}
    if isinstance(node, list):
        return [_in(language, each) for each in node]
    if isinstance(node, str) and " | " in node:
        return node.split(" | ")[language == "zh"].strip()
    return node


def _zensical(work: Path) -> None:
    """Strict: a link to a page or a heading that isn't there fails."""
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict"]
    finished = subprocess.run(command, cwd=work, env=os.environ | {"NO_COLOR": "1"}, check=False)  # noqa: S603 - our own
    if finished.returncode:
        sys.exit(f"{work} has pages that Zensical refuses; it says why above.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=_ROOT / "build" / "site", help="where the site is written")
    parser.add_argument("--work", type=Path, default=_ROOT / "build" / "docs", help="where it is staged")
    return parser.parse_args()


if __name__ == "__main__":
    main()
