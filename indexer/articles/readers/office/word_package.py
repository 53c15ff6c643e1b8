"""The parts of a Word document and what they say of each other; a broken or missing one costs only what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.articles.readers.archive import Archive, beside, value
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from indexer.articles.readers.archive import Element

_USUAL_MAIN = "word/document.xml"
_LONGEST_CHAIN = 20


class WordPackage:
    """A document's parts, found by the relations of its main part, or where they usually lie."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open a document.

        Raises:
            ArticleError: it has no main part, or that is broken.
        """
        self.name = name
        self.warnings: list[str] = []
        self._archive = Archive(data, name)
        self._main = self._main_path()
        body = self._archive.xml(self._main)
        if body is None:
            raise ArticleError(f"{name}: holds no text of a Word document. Open it and save a copy.")
        self.body: Element = body
        self._relations = self._relations_of(self._main)
        styles = self.part("styles")
        self._styles = (
            {} if styles is None else {value(style, "styleId"): style for style in _children(styles, "style")}
        )

    def part(self, kind: str) -> Element | None:
        """A part by the kind of its relation, such as `footnotes`."""
        related = (target for of_kind, target in self._relations.values() if of_kind == kind)
        return self._sound(next(related, beside(self._main, f"{kind}.xml")))

    def parts(self, kind: str) -> list[Element]:
        """All parts of a kind, such as `header`, in the order of their paths."""
        paths = sorted({target for of_kind, target in self._relations.values() if of_kind == kind})
        return [part for path in paths if (part := self._sound(path)) is not None]

    def related(self, relation: str | None) -> Element | None:
        """The part in XML that a relation of the main part names."""
        return self._sound(self.related_path(relation))

    def related_path(self, relation: str | None) -> str:
        """The path of the part that a relation of the main part names; empty where there is none."""
        return self._relations.get(relation or "", ("", ""))[1]

    def read(self, path: str) -> bytes | None:
        """The bytes of a part, or None where there is no such part."""
        return self._archive.read(path)

    def property(self, name: str) -> str | None:
        """A property that the file states of itself: its `title`, its `creator`."""
        core = self._sound("docProps/core.xml")
        texts = [] if core is None else [element.text for element in _children(core, name)]
        return next((text.strip() for text in texts if text and text.strip()), None)

    def style_name(self, style: str | None) -> str:
        """A paragraph style's name in lower case, whatever its id; the id where the file doesn't list its styles."""
        definition = self._styles.get(style)
        names = [] if definition is None else [value(element, "val") for element in _children(definition, "name")]
        return ((names[0] if names else style) or "").lower()

    def style_chain(self, style: str | None) -> list[Element]:
        """A style, and those that it is based on."""
        chain: list[Element] = []
        while style in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[style])
            style = next((value(element, "val") for element in _children(chain[-1], "basedOn")), None)
        return chain

    def _main_path(self) -> str:
        targets = (target for kind, target in self._relations_of("").values() if kind == "officeDocument")
        path = next(targets, _USUAL_MAIN)
        return path if path.lower() in self._archive.paths else _USUAL_MAIN

    def _relations_of(self, path: str) -> dict[str, tuple[str, str]]:
        """The relations of a part by their ids, each with its kind and the path of the part that it names."""
        folder, _, file = path.rpartition("/")
        root = self._sound(f"{folder}/_rels/{file}.rels")
        return {
            value(element, "Id") or "": (
                (value(element, "Type") or "").rpartition("/")[2],
                beside(path, value(element, "Target") or ""),
            )
            for element in ([] if root is None else root)
            if value(element, "TargetMode") != "External"
        }

    def _sound(self, path: str) -> Element | None:
        """A part in XML, or None where it is missing or broken; the second is said."""
        try:
            return self._archive.xml(path)
        except ArticleError as error:
            if str(error) not in self.warnings:
                self.warnings.append(str(error))
            return None


def first(element: Element, name: str) -> Element | None:
    """An element's first child of a name."""
    return next(element.iterchildren("{*}" + name), None)


def _children(element: Element, name: str) -> list[Element]:
    return list(element.iterchildren("{*}" + name))
