"""PDF files for tests: lines at places, with a text layer for any script, and nothing that a library adds."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 600, 840


@dataclass(frozen=True)
class Shown:
    """A line at a place, in points from the lower left corner; Latin in Helvetica, other scripts a square each."""

    x: float
    y: float
    text: str
    size: float = 12
    matrix: tuple[float, float, float, float] = (1, 0, 0, 1)

    def operators(self, codes: dict[str, int]) -> str:
        """What draws it, with the codes of characters in the wide font."""
        if self.text.isascii():
            font, string = "L", "(" + self.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
        else:
            font, string = "W", f"<{bytes(codes[character] for character in self.text).hex()}>"
        a, b, c, d = self.matrix
        return f"/{font} {self.size} Tf {a} {b} {c} {d} {self.x} {self.y} Tm {string} Tj\n"


def lines(texts: list[str], *, x: float = 60, top: float = 700, leading: float = 16, size: float = 12) -> list[Shown]:
    """Lines below each other."""
    return [Shown(x, top - leading * number, text, size) for number, text in enumerate(texts)]


def down(text: str, *, x: float, top: float = 700, size: float = 12) -> list[Shown]:
    """A vertical line, its characters upright."""
    return [Shown(x, top - size * number, character, size) for number, character in enumerate(text)]


def placed(
    *pages: list[Shown],
    title: str | None = None,
    unicode: dict[str, str] | None = None,
    page: str = "",
    objects: tuple[str, ...] = (),
) -> bytes:
    """A PDF whose pages show lines at places.

    Args:
        pages: what each shows; at most 250 different characters that aren't ASCII.
        title: the title that the file states.
        unicode: other characters for some, as the table of a font may say.
        page: more entries of each page.
        objects: more objects; the first has the number 7.
    """
    wide = sorted(
        {one for lines_of_page in pages for line in lines_of_page for one in line.text if not line.text.isascii()}
    )
    codes = {character: number for number, character in enumerate(wide, start=1)}
    cmap = _cmap({code: (unicode or {}).get(character, character) for character, code in codes.items()})
    first = 7 + len(objects)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    names = " ".join(f"/g{code}" for code in codes.values())
    procedures = " ".join(f"/g{code} 6 0 R" for code in codes.values())
    square = "1000 0 0 0 1000 1000 d1 0 0 1000 800 re f"
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /ToUnicode 4 0 R "
        f"/Encoding << /Type /Encoding /Differences [1 {names}] >> /CharProcs << {procedures} >> /FirstChar 1 "
        f"/LastChar {len(codes)} /Widths [{'1000 ' * len(codes)}] /Resources << >> >>",
        _stream(cmap),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _stream(square),
        *objects,
    ]
    for number, lines_of_page in enumerate(pages):
        bodies += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {first + 1 + 2 * number} 0 R "
            f"/Resources << /Font << /W 3 0 R /L 5 0 R >> >> {page} >>",
            _stream("BT\n" + "".join(line.operators(codes) for line in lines_of_page) + "ET"),
        ]
    stated = f"/Info << /Title <FEFF{title.encode('utf-16-be').hex()}> >>" if title else ""
    return assemble(bodies, stated)


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _cmap(characters: dict[int, str]) -> str:
    """What each code of a font stands for."""
    pairs = "".join(f"<{code:02X}> <{said.encode('utf-16-be').hex()}>\n" for code, said in characters.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{len(characters)} beginbfchar\n{pairs}endbfchar\n"
        "endcmap end end"
    )


def assemble(objects: list[str], trailer: str = "") -> bytes:
    """Numbered objects, their table and the trailer that names the first as the root."""
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        data
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n"
        ).encode()
    )
