"""Draw what `haihe search` shows in a terminal, from a real search of the sample articles.

Writes docs/images/terminal.svg and, as it is in a Chinese locale, docs/images/terminal.zh.svg.

Example: python scripts/screenshot_terminal.py
"""

from __future__ import annotations

import argparse
import html
import io
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, SVG_EXPORT_THEME

from indexer import build_snapshot, load_encoder, load_second_encoder, open_snapshot
from service.cli.asking import IndexHere
from service.cli.show.console import THEME
from service.cli.show.table import HitTable
from service.cli.words import CHINESE, ENGLISH
from service.http.schemas import SearchRequest
from service.search.searcher import Searcher

if TYPE_CHECKING:
    from service.cli.words import Words
    from service.http.schemas import SearchResponse

_ROOT = Path(__file__).parents[1]
_FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace"
_FORMAT = re.sub(r"@font-face \{\{.*?\n    \}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "font-family: Fira Code, monospace", f"font-family: {_FONTS}"
)
"""Rich's own, without fonts from another host."""
_TEXT = re.compile(
    r'(?P<before><text [^>]*?)x="(?P<x>[\d.]+)"(?P<between>[^>]*?)textLength="(?P<length>[\d.]+)"(?P<after>[^>]*)>'
    r"(?P<shown>[^<]+)</text>"
)


def main() -> None:
    """Search, and draw the answers."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        answerer = _answerer(options.index, Path(folder))
        for words, query in ((ENGLISH, options.en), (CHINESE, options.zh)):
            request = SearchRequest(query=query, k=options.k, explain=options.explain)
            answerer.search(request)  # the first question waits for dictionaries
            drawing = _drawing(answerer.search(request), words, options)
            name = "terminal.svg" if words is ENGLISH else "terminal.zh.svg"
            options.out.mkdir(parents=True, exist_ok=True)
            (options.out / name).write_text(drawing, "utf-8")
        answerer.close()


def _drawing(answer: SearchResponse, words: Words, options: argparse.Namespace) -> str:
    console = Console(
        theme=THEME, highlight=False, force_terminal=True, color_system="standard", record=True, width=options.width,
        file=io.StringIO(), legacy_windows=False,
    )  # fmt: skip
    more = " --explain" if options.explain else ""
    console.print(f'$ haihe search "{answer.query.text}" -k {options.k}{more}\n', markup=False)
    HitTable(console, words).answer(answer)
    theme = DEFAULT_TERMINAL_THEME if options.light else SVG_EXPORT_THEME
    drawing = console.export_svg(title="haihe", theme=theme, code_format=_FORMAT, unique_id="haihe")
    return _TEXT.sub(_fitted, drawing)


def _fitted(text: re.Match[str]) -> str:
    """A piece of text, beginning at its first letter, as wide as its cells: rich takes each character for one."""
    shown = html.unescape(text["shown"])
    letters = shown.lstrip()
    cell = float(text["length"]) / len(shown)
    begin = float(text["x"]) + cell * (len(shown) - len(letters))
    place = f'x="{begin:.1f}"{text["between"]}textLength="{cell * cell_len(letters):.1f}"'
    return f"{text['before']}{place}{text['after']}>{html.escape(letters)}</text>"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--en", default="Wuqing budget revenue and retail sales, January to July 2025", metavar="QUERY")
    parser.add_argument("--zh", default="2025年1至7月武清新城的财政收入是多少？", metavar="QUERY")
    parser.add_argument("--index", type=Path, help="an index; the sample articles are indexed where it is left out")
    parser.add_argument("-k", type=int, default=5)
    parser.add_argument("--width", type=int, default=100)
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--out", type=Path, default=_ROOT / "docs" / "images", help="a folder")
    return parser.parse_args()


def _answerer(index: Path | None, folder: Path) -> IndexHere:
    if index is not None:
        return IndexHere(Searcher.open(index))
    encoder, second = load_encoder(), load_second_encoder()
    build_snapshot([_ROOT / "seeds"], folder / "index", encoder, second=second)
    return IndexHere(Searcher(open_snapshot(folder / "index"), encoder, second=second))


if __name__ == "__main__":
    main()
