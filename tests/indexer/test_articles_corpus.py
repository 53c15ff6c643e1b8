"""Paths to articles: which files there are, and an error that helps in place of each that can't be read."""

from __future__ import annotations

import io
import itertools
import os
import re
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from pypdf import PdfWriter

from indexer.articles import ArticleFile, corpus, find_files, fingerprint, list_files, read_articles
from indexer.errors import ArticleError, CorpusError
from indexer.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HERON = "A heron came to the harbour on Monday and stood on the jetty for an hour."
ADVICE = re.compile(
    r"\. (?:Leave|Save|Split|Mend|Remove|Open|Run|Write|Name|Put|Give|Add|Fill|Make|Allow|Check|Delete)\b|"
    r"These are: |is expected\.|is empty\.|can't be read \("
)
"""How the errors of articles end: what to do, or what is the matter where that says it."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with articles, hidden files and other things."""
    for name in ("b.txt", "a.md", "news/2024/c.txt", "news/.draft.txt", ".git/d.txt", "e.png", "f", "g.csv", "h.txt~"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{HERON} {name}")
    return tmp_path


def word() -> bytes:
    """A good Word document."""
    document = docx.Document()
    document.add_paragraph(HERON)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def word_with(part: Callable[[bytes], bytes]) -> bytes:
    """A Word document whose text is another one."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as good, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, part(data) if name == "word/document.xml" else data)
    return written.getvalue()


def word_with_a_damaged_stream() -> bytes:
    """A Word document with some bytes of its compressed text lost on the way."""
    data = bytearray(word())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 30 + len("word/document.xml")
    data[start + 20 : start + 60] = b"\xff" * 40
    return bytes(data)


def locked_pdf() -> bytes:
    """A PDF that opens with a password."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    return _written(writer)


def aes_pdf() -> bytes:
    """A PDF under AES-256, as today's programs lock them: its keys are noise here."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("", algorithm="RC4-128")
    old = _written(writer)
    noise = "<" + "5a" * 48 + ">"
    key = "<" + "5a" * 32 + ">"
    lock = (
        f"<< /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O {noise} /U {noise} /OE {key} /UE {key} "
        "/Perms <5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a> "
        "/CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>"
    )
    return re.sub(rb"<<\s*/V 2\b.*?>>\nendobj", lock.encode() + b"\nendobj", old, count=1, flags=re.DOTALL)


def scanned_pdf() -> bytes:
    """A PDF whose only page bears no text."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


BROKEN = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t\n",
    "binary.txt": bytes(range(256)) * 20,
    "nothing.html": b"<html><body></body></html>",
    "picture.html": b"\x89PNG\r\n\0\0\0" * 30,
    "no.pdf": b"no PDF at all",
    "header.pdf": b"%PDF-1.7\nand then nothing",
    "cut.pdf": scanned_pdf()[:150],
    "scan.pdf": scanned_pdf(),
    "locked.pdf": locked_pdf(),
    "aes.pdf": aes_pdf(),
    "no.docx": b"no Word document",
    "cut.docx": word()[:-500],
    "half.docx": word()[:6000],
    "blank.docx": word_with(lambda data: data.replace(HERON.encode(), b" ")),
    "xml.docx": word_with(lambda data: data[:500]),
    "stream.docx": word_with_a_damaged_stream(),
    "no.doc": b"no Word document",
    "head.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "no.rtf": b"not really one",
    "no.epub": b"PK",
    "no.odt": b"PK",
    "other.epub": word(),
    "other.odt": word(),
    "other.docx": word_with(lambda data: data.replace(b"document>", b"document2>")),
    "no.eml": b"\n\nno headers",
    "no.mhtml": b"MIME-Version: 1.0\n\nno page",
    "no.txt.gz": b"PK",
    "text.jsonl": b'{"title": "A heron"}',
    "blank.jsonl": b'{"text": "  "}',
}
"""Files that hold no article, each in its own way."""


class TestListing:
    """Which files there are."""

    def test_ids_are_paths_under_the_root(self, root: Path):
        """With slashes on every system; hidden files and other kinds are passed over."""
        assert [file.id for file in list_files([root])] == ["a.md", "b.txt", "news/2024/c.txt"]

    def test_the_id_of_a_file_that_is_named_is_its_name(self, root: Path):
        """It is its own root."""
        path = root / "news/2024/c.txt"
        assert list_files([path]) == [ArticleFile(path, "c.txt")]

    def test_files_of_all_roots_are_ordered_by_id(self, root: Path):
        """The order of the command line doesn't change the index."""
        paths = [root / "news", root / "b.txt", root / "a.md"]
        assert [
            [file.id for file in list_files(order)] for order in itertools.permutations(paths)
        ] == [["2024/c.txt", "a.md", "b.txt"]] * 6  # fmt: skip

    def test_a_file_that_is_named_twice_is_read_once(self, root: Path):
        """By itself and under its folder."""
        assert len(list_files([root, root / "a.md", root])) == 3

    def test_names_that_differ_in_blanks_are_different_documents(self, tmp_path: Path):
        """The id is the path as it is: two documents with one id would be one in the index."""
        names = ["a  b.txt", "a b.txt"]
        for name in names:
            (tmp_path / name).write_text(HERON)
        found = [one for file in list_files([tmp_path]) for one in read_articles(file)]
        assert [one.id for one in found if isinstance(one, Document)] == names

    def test_a_hidden_folder_that_is_named_is_read(self, root: Path):
        """Who names it means it."""
        assert [file.id for file in list_files([root / ".git"])] == ["d.txt"]

    def test_a_missing_path_is_an_error(self, root: Path):
        """A typing mistake must not index half of what was meant."""
        with pytest.raises(CorpusError, match=r"nowhere: no such file or folder\. Name the articles"):
            list_files([root, root / "nowhere"])

    def test_a_folder_without_articles_is_an_error(self, tmp_path: Path):
        """The message says what would be read."""
        (tmp_path / "photo.png").write_bytes(b"png")
        with pytest.raises(CorpusError, match=rf"{re.escape(str(tmp_path))}: no article files.*\.docx.*\.txt"):
            list_files([tmp_path])

    def test_no_path_at_all_is_an_error(self):
        """Nothing to index is never an empty index."""
        with pytest.raises(CorpusError, match="no article files"):
            list_files([])


class TestPassedOver:
    """What stands beside the articles is named or counted, never skipped in silence."""

    def test_files_of_other_kinds_are_counted_by_ending(self, root: Path):
        """The commonest first, and what is read is said."""
        (root / "news/i.PNG").write_bytes(b"png")
        (root / "j.tar.gz").write_bytes(b"tar")
        (sentence, _) = find_files([root]).passed_over
        assert sentence.startswith(
            f"{root}: 6 files of kinds that aren't read: 2 .png, 1 without an ending, 1 .csv, 1 .tar.gz, 1 .txt~."
        )
        assert ".docx" in sentence

    def test_hidden_ones_are_counted_and_named(self, root: Path):
        """Someone may have meant them."""
        assert find_files([root]).passed_over[-1] == f"{root}: 2 hidden entries: .git, news/.draft.txt."

    def test_nothing_is_said_where_everything_is_read(self, root: Path):
        """A folder of articles is no news."""
        assert find_files([root / "news/2024"]).passed_over == ()

    def test_only_articles_elsewhere_are_an_error_that_says_what_is_there(self, tmp_path: Path):
        """Who has only spreadsheets hears of them."""
        (tmp_path / "a.xlsx").write_bytes(b"PK")
        with pytest.raises(CorpusError, match=r"no article files.*1 file of kinds that aren't read: 1 \.xlsx"):
            list_files([tmp_path])

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may enter everything")
    def test_a_folder_that_cannot_be_entered_is_named(self, root: Path):
        """Its articles would be missing without a word."""
        (root / "news").chmod(0)
        said = find_files([root]).passed_over
        (root / "news").chmod(0o755)
        assert f"{root / 'news'}: can't be entered (Permission denied). Check who may read it." in said


class TestLinks:
    """Links inside a root are followed; none leads out of it."""

    def test_a_linked_folder_is_read(self, root: Path):
        """Even where the folder that it names is hidden."""
        (root / ".store").mkdir()
        (root / ".store" / "x.txt").write_text(HERON)
        (root / "linked").symlink_to(".store")
        assert "linked/x.txt" in [file.id for file in list_files([root])]

    def test_an_article_that_is_found_twice_is_read_once_by_its_real_path(self, root: Path):
        """A link that is added later changes no id."""
        (root / "0-first").symlink_to("news")
        (root / "0.txt").symlink_to("b.txt")
        assert [file.id for file in list_files([root])] == ["a.md", "b.txt", "news/2024/c.txt"]

    def test_loops_end(self, root: Path):
        """A folder is entered once, however one comes there."""
        (root / "news" / "up").symlink_to("..")
        (root / "self").symlink_to("self")
        listing = find_files([root])
        assert [file.id for file in listing.files] == ["a.md", "b.txt", "news/2024/c.txt"]
        assert f"{root / 'self'}: is a link that leads nowhere." in listing.passed_over

    @pytest.mark.parametrize("name", ["secrets", "secret.txt"])
    def test_a_link_out_of_the_root_is_left_out_by_name(
        self, root: Path, tmp_path_factory: pytest.TempPathFactory, name: str
    ):
        """Who may write into the folder mustn't have the machine's other files served."""
        outside = tmp_path_factory.mktemp("outside")
        (outside / "secret.txt").write_text(HERON)
        (root / "out").mkdir()
        (root / "out" / name).symlink_to(outside if name == "secrets" else outside / name)
        listing = find_files([root])
        assert not [file for file in listing.files if "secret" in file.id]
        assert any(
            sentence.startswith(f"{root / 'out' / name}: is a link out of the folder")
            for sentence in listing.passed_over
        )

    def test_a_root_that_is_a_link_is_read(self, root: Path, tmp_path_factory: pytest.TempPathFactory):
        """Who names it means it."""
        link = tmp_path_factory.mktemp("elsewhere") / "articles"
        link.symlink_to(root)
        assert [file.id for file in list_files([link])] == ["a.md", "b.txt", "news/2024/c.txt"]

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
    def test_a_pipe_is_no_article(self, root: Path):
        """Reading it would wait for ever."""
        os.mkfifo(root / "pipe.txt")
        listing = find_files([root])
        assert "pipe.txt" not in [file.id for file in listing.files]
        assert f"{root / 'pipe.txt'}: is a device, a pipe or a socket, not a file." in listing.passed_over
        with pytest.raises(CorpusError, match="neither a file nor a folder"):
            list_files([root / "pipe.txt"])


class TestUnreadable:
    """What can't be read gives an error that names the file and what to do, and the rest is read."""

    @pytest.mark.parametrize("name", BROKEN)
    def test_a_broken_file_is_named_with_what_to_do(self, tmp_path: Path, name: str):
        """One error, for the person at the terminal: the path as it can be opened, and the next step."""
        path = tmp_path / name
        path.write_bytes(BROKEN[name])
        (error,) = read_articles(ArticleFile(path, name))
        assert isinstance(error, ArticleError)
        assert str(error).startswith(str(path))
        assert ADVICE.search(str(error)), error

    def test_broken_files_do_not_stop_the_others(self, tmp_path: Path):
        """Among all of them, the good one is read."""
        for name, data in BROKEN.items():
            (tmp_path / name).write_bytes(data)
        (tmp_path / "good.txt").write_text(HERON)
        found = [one for file in list_files([tmp_path]) for one in read_articles(file)]
        assert [one.id for one in found if isinstance(one, Document)] == ["good.txt"]
        assert len(found) == len(BROKEN) + 1

    def test_a_huge_file_is_not_opened(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Its size is told before its bytes are in memory."""
        monkeypatch.setattr(corpus, "LARGEST_FILE", 1000)
        path = tmp_path / "huge.txt"
        path.write_text(HERON * 100)
        monkeypatch.setattr(type(path), "read_bytes", lambda _: pytest.fail("the file was read"))
        (error,) = read_articles(ArticleFile(path, "huge.txt"))
        assert isinstance(error, ArticleError)
        assert re.search(r"huge\.txt: .* MB .* Split it\.", str(error))

    def test_json_lines_may_be_larger(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """They hold many articles."""
        monkeypatch.setattr(corpus, "LARGEST_FILE", 1000)
        path = tmp_path / "many.jsonl"
        path.write_text(f'{{"text": "{HERON}"}}\n' * 50)
        assert len([one for one in read_articles(ArticleFile(path, "many.jsonl")) if isinstance(one, Document)]) == 50

    def test_a_word_document_that_unpacks_to_very_much_is_not_unpacked(self, tmp_path: Path):
        """A few hundred kilobytes of zeros can fill the memory; the archive says how much before."""
        path = tmp_path / "bomb.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for number in range(17):
                archive.writestr(f"word/media/{number}.bin", b"\0" * 2**24)
        (error,) = read_articles(ArticleFile(path, "bomb.docx"))
        assert isinstance(error, ArticleError)
        assert re.search(r"bomb\.docx: unpacks to more than 256 MB\. Split it", str(error))

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
    def test_a_file_without_permission_is_reported(self, tmp_path: Path):
        """The system's own reason is named."""
        path = tmp_path / "closed.txt"
        path.write_text(HERON)
        path.chmod(0)
        (error,) = read_articles(ArticleFile(path, "closed.txt"))
        assert isinstance(error, ArticleError)
        assert re.search(r"closed\.txt: can't be read \(Permission denied\)", str(error))

    def test_a_file_that_has_gone_is_reported(self, tmp_path: Path):
        """Between the listing and the reading somebody may tidy up."""
        (error,) = read_articles(ArticleFile(tmp_path / "gone.txt", "gone.txt"))
        assert isinstance(error, ArticleError)
        assert re.search(r"gone\.txt: can't be read \(No such file", str(error))

    def test_a_file_of_another_kind_is_reported_with_the_kinds_that_are_read(self, tmp_path: Path):
        """Who names a spreadsheet hears what to turn it into."""
        path = tmp_path / "table.xlsx"
        path.write_bytes(b"PK")
        (file,) = list_files([path])
        (error,) = read_articles(file)
        assert isinstance(error, ArticleError)
        assert re.search(r"table\.xlsx: this kind of file isn't read\. These are: .*\.docx", str(error))


class TestFingerprint:
    """A digest of what would be indexed."""

    def test_it_is_the_same_in_every_order(self, root: Path):
        """The corpus is a set of articles."""
        files = list_files([root])
        assert len({fingerprint(order) for order in itertools.permutations(files)}) == 1

    def test_it_is_the_same_in_another_place(self, root: Path, tmp_path_factory: pytest.TempPathFactory):
        """A folder may be moved; its articles keep their ids."""
        moved = tmp_path_factory.mktemp("elsewhere") / "corpus"
        before = fingerprint(list_files([root]))
        root.rename(moved)
        assert fingerprint(list_files([moved])) == before

    def test_it_changes_with_the_content_of_a_file(self, root: Path):
        """One letter of one article is enough."""
        files = list_files([root])
        before = fingerprint(files)
        (root / "b.txt").write_text(f"{HERON} B.txt")
        assert fingerprint(files) != before

    def test_it_changes_with_the_name_of_a_file(self, root: Path):
        """The name is the document's id."""
        before = fingerprint(list_files([root]))
        (root / "b.txt").rename(root / "bb.txt")
        assert fingerprint(list_files([root])) != before

    def test_it_changes_when_two_files_change_their_contents_for_each_other(self, root: Path):
        """Each content belongs to its id."""
        files = list_files([root])
        before = fingerprint(files)
        one, other = (root / "a.md").read_bytes(), (root / "b.txt").read_bytes()
        (root / "a.md").write_bytes(other)
        (root / "b.txt").write_bytes(one)
        assert fingerprint(files) != before

    def test_it_is_the_same_in_every_order_of_files_with_one_name(self, tmp_path: Path):
        """Two folders may each hold an `a.txt`."""
        for folder in ("one", "two"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "a.txt").write_text(f"{HERON} {folder}")
        files = list_files([tmp_path / "one", tmp_path / "two"])
        assert len(files) == 2
        assert fingerprint(files) == fingerprint(files[::-1])

    def test_a_file_that_has_gone_does_not_break_it(self, root: Path):
        """The reading reports it."""
        files = list_files([root])
        before = fingerprint(files)
        (root / "b.txt").unlink()
        assert fingerprint(files) != before

    @pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="file names are Unicode there")
    def test_a_name_that_is_no_utf8_does_not_break_it(self, tmp_path: Path):
        """Archives from Chinese Windows unpack to such names."""
        (tmp_path / os.fsdecode("海河.txt".encode("gb18030"))).write_text(HERON)
        files = list_files([tmp_path])
        (document,) = read_articles(files[0])
        assert fingerprint(files)
        assert isinstance(document, Document)
        assert document.id.encode()
