"""What the cache folder holds: whole, or made anew."""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from indexer.dictionary.entries import Dictionary
from indexer.errors import CacheError
from indexer.storage.cache_directory import cache_directory, is_whole, kept_file, kept_folder
from indexer.terms.names.pronunciations import read_dictionary
from indexer.terms.names.romanisations import _tables

CONTENT = "".join(f"{number}\tline {number}\n" for number in range(100)).encode()
CUTS = [0, 1, 8, len(CONTENT) // 2, len(CONTENT) - 1]


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """A cache folder of each test's own."""
    monkeypatch.setenv("HAIHE_CACHE", str(tmp_path / "cache"))


class Maker:
    """Writes the same file, or a folder of two, and counts how often."""

    def __init__(self):
        self.times = 0

    def file(self, path):
        self.times += 1
        path.write_bytes(CONTENT)

    def folder(self, path):
        (path / "inner").mkdir()
        (path / "a.txt").write_bytes(b"a")
        self.file(path / "inner" / "b.bin")


def damages(path):
    """What a loss of power leaves of a file: its beginning, or zeros in place of a block."""
    for cut in CUTS:
        yield lambda cut=cut: path.write_bytes(CONTENT[:cut])
        yield lambda cut=cut: path.write_bytes(CONTENT[:cut] + bytes(len(CONTENT) - cut))


def test_a_file_is_made_once():
    """Later processes read it."""
    maker = Maker()
    paths = {kept_file("some.tsv", maker.file) for _ in range(3)}
    assert [path.read_bytes() for path in paths] == [CONTENT]
    assert maker.times == 1


def test_half_a_file_is_made_anew_and_said_to_be(caplog):
    """Once, in a sentence that names it."""
    maker = Maker()
    path = kept_file("some.tsv", maker.file)
    for made, damage in enumerate(damages(path), 1):
        damage()
        assert not is_whole(path)
        caplog.clear()
        assert kept_file("some.tsv", maker.file).read_bytes() == CONTENT
        assert kept_file("some.tsv", maker.file).read_bytes() == CONTENT
        assert (maker.times, len(caplog.messages)) == (made + 1, 1)
        assert str(path) in caplog.text


def test_half_a_folder_is_made_anew_and_said_to_be(caplog):
    """Whichever of its files is cut, missing, or one too many, its checksums too."""
    maker = Maker()
    folder = kept_folder("some", maker.folder)
    sums = (folder / "SHA256SUMS").read_text()
    others = [
        (folder / "a.txt").unlink,
        lambda: shutil.rmtree(folder / "inner"),
        lambda: (folder / "more.txt").write_text("more"),
        *(lambda cut=cut: (folder / "SHA256SUMS").write_text(sums[:cut]) for cut in (0, 70, sums.index("\n") + 1)),
    ]
    for made, damage in enumerate([*damages(folder / "inner" / "b.bin"), *others], 1):
        damage()
        caplog.clear()
        assert kept_folder("some", maker.folder) == kept_folder("some", maker.folder) == folder
        assert (folder / "inner" / "b.bin").read_bytes() == CONTENT
        assert (maker.times, len(caplog.messages)) == (made + 1, 1)
        assert str(folder) in caplog.text


def test_a_file_without_checksum_is_made_anew():
    """An earlier haihe left it, or a copy forgot the other half: nothing vouches for it."""
    maker = Maker()
    path = kept_file("some.tsv", maker.file)
    path.with_name("some.tsv.sha256").unlink()
    kept_file("some.tsv", maker.file)
    assert maker.times == 2


def test_checksums_are_those_of_sha256sum():
    """An operator can check the folder without haihe."""
    maker = Maker()
    kept_file("some.tsv", maker.file)
    kept_folder("some", maker.folder)
    for place, name in ((cache_directory(), "some.tsv.sha256"), (cache_directory() / "some", "SHA256SUMS")):
        subprocess.run(["sha256sum", "--check", "--quiet", name], cwd=place, check=True)


def test_of_several_that_need_a_file_at_once_one_makes_it():
    """The others wait, and have the same."""
    maker = Maker()
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda _: kept_file("some.tsv", maker.file), range(8)))
    assert {path.read_bytes() for path in paths} == {CONTENT}
    assert maker.times == 1


def test_a_failure_leaves_nothing():
    """Neither a draft nor a file without its end."""

    def fail(path):
        Maker().file(path / "half" if path.is_dir() else path)
        raise OSError(28, "No space left on device")

    with pytest.raises(CacheError, match=r"some\.tsv.*No space left.*HAIHE_CACHE"):
        kept_file("some.tsv", fail)
    with pytest.raises(OSError, match="No space left"):
        kept_folder("some", fail)
    assert {path.suffix for path in cache_directory().iterdir()} == {".lock"}


def test_what_a_killed_maker_left_is_removed():
    """Drafts of hundreds of megabytes would fill the disk, one a kill."""
    folder = kept_folder("some", Maker().folder)
    shutil.copytree(folder, folder.with_name(".some.draft-abc"))
    other = folder.with_name(".some-other.draft-abc")
    other.mkdir()
    (folder / "a.txt").unlink()
    kept_folder("some", Maker().folder)
    assert [path.name for path in cache_directory().glob(".*draft*")] == [other.name]


# What is kept there


def cut_in_half(path):
    content = path.read_bytes()
    path.unlink()  # it may be a link to the one that other tests read
    path.write_bytes(content[: len(content) // 2])


def test_half_a_dictionary_of_readings_is_made_anew(caplog):
    """Rows that were cut would be an error at every search, or names that aren't found."""
    for read, kind in ((read_dictionary, "pinyin-*.tsv"), (_tables, "romanisations-*.tsv")):
        read.cache_clear()
        whole = read()
        (path,) = cache_directory().glob(kind)
        cut_in_half(path)
        read.cache_clear()
        assert read() == whole
        assert caplog.text.count(f"{path} isn't whole") == 1


@pytest.mark.slow
def test_half_a_dictionary_of_words_is_made_anew(cache, monkeypatch, caplog):
    """SQLite would refuse it at each search, or have only some of the words."""
    with monkeypatch.context() as patch:
        patch.setenv("HAIHE_CACHE", str(cache))
        with closing(Dictionary.open()) as dictionary:
            whole = dictionary.glosses(["公交", "budget"])
    assert whole["公交"]
    cache_directory().mkdir()
    for made in cache.glob("cc-cedict-*.sqlite*"):
        shutil.copy(made, cache_directory())
    (path,) = {made for made in cache_directory().glob("cc-cedict-*.sqlite") if is_whole(made)}
    cut_in_half(path)
    with closing(Dictionary.open()) as dictionary:
        assert dictionary.glosses(["公交", "budget"]) == whole
    assert caplog.text.count(f"{path} isn't whole") == 1
