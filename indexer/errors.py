"""Every error that this package raises on purpose, as one tree.

Each message is one sentence for the person at the terminal: what is wrong, and what to do about it.

    HaiheError
    ├── ArticleError          one article file can't be read
    ├── CacheError            the folder for what can be made again can't be written
    ├── CorpusError           nothing to index, or a path that isn't there
    ├── EncoderError          an encoder can't be loaded
    ├── RecognitionMissing    no text recognition is installed
    └── SnapshotError
        ├── SnapshotMissing   no index there
        ├── SnapshotDamaged   its files differ from its manifest
        ├── SnapshotMismatch  it was made by another encoder or another format
        └── SnapshotBusy      another process is writing it
"""


class HaiheError(Exception):
    """Base of all errors that haihe raises on purpose."""


class ArticleError(HaiheError):
    """One article file can't be read; the rest of the corpus can."""


class CacheError(HaiheError):
    """A file of the folder for what can be made again is missing and can't be written."""


class CorpusError(HaiheError):
    """The corpus as a whole can't be indexed."""


class EncoderError(HaiheError):
    """An encoder can't be loaded or doesn't fit."""


class RecognitionMissing(HaiheError):  # noqa: N818 - reads as what it is
    """Text recognition was asked for, and none is installed."""


class SnapshotError(HaiheError):
    """A snapshot can't be opened or written."""


class SnapshotMissing(SnapshotError):  # noqa: N818 - reads as what it is
    """No snapshot at that place."""


class SnapshotDamaged(SnapshotError):  # noqa: N818
    """A file of the snapshot is missing or isn't what its manifest says."""


class SnapshotMismatch(SnapshotError):  # noqa: N818
    """The snapshot was made by another encoder, or by another version of its format."""


class SnapshotBusy(SnapshotError):  # noqa: N818
    """Another process is writing this snapshot."""


_LONGEST_REASON = 120


def reason_of(error: Exception) -> str:
    """The first line of what a library says went wrong, shortened; the error's name where it says nothing."""
    return (str(error).split("\n")[0] or type(error).__name__)[:_LONGEST_REASON]
