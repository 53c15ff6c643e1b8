"""OpenDocument texts (ODT), as LibreOffice writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.articles.page import Layout, LeftOut, Page
from indexer.articles.readers.archive import Archive
from indexer.articles.readers.markup.markup_text import Markup, MarkupText
from indexer.articles.readers.office.properties import believed_author, said_title
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found

_AROUND = {"header": "page head", "footer": "page foot"}

_SKIPPED = frozenset({
    "tracked-changes", "annotation", "forms", "sequence-decls", "variable-decls", "user-field-decls",
    "note-citation", "ruby-text", "scripts", "automatic-styles", "font-face-decls", "binary-data", "title", "desc",
    "covered-table-cell", "hidden-text", "index-title-template", "table-of-content-source", "event-listeners",
})  # fmt: skip


class _OpenText(MarkupText):
    """The text of a part; notes and text boxes follow the paragraph in which they stand."""

    markup = Markup(
        blocks=frozenset({"p", "h", "table-row", "list-item", "section"}),
        cells=frozenset({"table-cell"}),
        skipped=_SKIPPED,
        asides=frozenset({"text-box", "note-body"}),
        marks={"tab": " ", "s": " ", "line-break": "\n"},
    )


def read_odt(data: bytes, name: str) -> Iterator[Found]:
    """An OpenDocument text: all that is shown, without page heads and feet and without comments."""
    archive = Archive(data, name)
    content = archive.xml("content.xml")
    if content is None:
        raise ArticleError(f"{name}: holds no text of an OpenDocument file. Open it and save a copy.")
    lines = _OpenText().lines(content)
    meta, styles = archive.xml("meta.xml"), archive.xml("styles.xml")
    stated = {
        field: None if meta is None else next((element.text for element in meta.iter(f"{{*}}{field}")), None)
        for field in ("title", "initial-creator")
    }
    around = [
        LeftOut(line, reason)
        for kind, reason in _AROUND.items()
        for part in ([] if styles is None else styles.iter(f"{{*}}{kind}"))
        for line in _OpenText().lines(part)
    ]
    comments = [
        LeftOut(line, "comment") for comment in content.iter("{*}annotation") for line in _Comment().lines(comment)
    ]
    yield (
        None,
        Page(
            "\n".join(lines),
            title=said_title(stated["title"], lines),
            author=believed_author(stated["initial-creator"], stated["title"], lines),
            layout=Layout.ARTICLE,
            left_out=tuple(dict.fromkeys(around + comments)),
        ),
    )


class _Comment(MarkupText):
    """The words of a comment, without who wrote it and when."""

    markup = Markup(
        blocks=frozenset({"p"}),
        cells=frozenset(),
        skipped=frozenset({"creator", "date", "date-string", "creator-initials"}),
    )
