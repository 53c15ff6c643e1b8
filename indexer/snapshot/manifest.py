"""The manifest of what is published in a directory, and the checks that it is still as it was written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from indexer.errors import SnapshotDamaged, SnapshotError, SnapshotMismatch, SnapshotMissing
from indexer.snapshot.recipe import IndexRecipe
from indexer.storage.disk import flush_to_disk, sha256_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from indexer.encoding import EncoderIdentity

FORMAT = 5
"""The version of the snapshot's layout; a snapshot of another version is refused."""
MANIFEST = "manifest.json"
MANIFEST_DRAFT = f".draft-{MANIFEST}"
REBUILD = "Restore the folder from a copy or rebuild it with: haihe index …"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """The manifest's record of one file."""

    sha256: str
    bytes: int

    @classmethod
    def of(cls, path: Path) -> FileRecord:
        """The record of a file as it is now."""
        return cls(sha256_of(path), path.stat().st_size)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A record of what is published: which generation, made by which recipe from what, and the checksum of each file.

    `passages` counts them and `vector_index` names the kind of index, by language.
    """

    format: int
    generation: str
    recipe: IndexRecipe
    documents: int
    passages: dict[str, int]
    vector_index: dict[str, str]
    foreign: int
    corpus: str
    files: dict[str, FileRecord]

    @property
    def encoder(self) -> EncoderIdentity:
        """The encoder that read the passages."""
        return self.recipe.encoder

    @property
    def second_encoder(self) -> str | None:
        """The second encoder's name; None where the index keeps no second opinion."""
        return self.recipe.second_encoder

    def to_json(self) -> str:
        """The manifest as text, with a checksum over itself."""
        content = {**asdict(self), "recipe": self.recipe.to_record(), "recipe_sha256": self.recipe.digest}
        return json.dumps({**content, "sha256": _digest_of(content)}, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a manifest.

        Raises:
            ValueError: it isn't one, or isn't as it was written.
            SnapshotMismatch: another version of haihe wrote it.
        """
        content = json.loads(text)
        checksum = content.pop("sha256", None)
        if content.get("format") != FORMAT and checksum == _digest_of(content):
            message = f"This index has format {content.get('format')}, this haihe reads {FORMAT}. {REBUILD}"
            raise SnapshotMismatch(message)
        if checksum != _digest_of(content):
            raise ValueError("its checksum doesn't fit")
        content["recipe"] = IndexRecipe.from_record(content.pop("recipe", {}))
        if content["recipe"].digest != content.pop("recipe_sha256"):
            raise ValueError("its recipe's checksum doesn't fit")
        content["files"] = {name: FileRecord(**record) for name, record in content["files"].items()}
        return cls(**content)


def read_manifest(directory: Path) -> Manifest:
    """Read the manifest of what is published in a directory, without a look at its files.

    Raises:
        SnapshotMissing: there is no manifest.
        SnapshotDamaged: it isn't as it was written.
        SnapshotMismatch: another version of haihe wrote it.
    """
    path = directory / MANIFEST
    try:
        return Manifest.from_json(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise SnapshotMissing(
            f"{directory}: no index here. Make one with: haihe index PATH --index {directory}"
        ) from None
    except OSError as error:
        raise SnapshotError(f"{path}: can't be read ({error.strerror}). Check who may read the folder.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SnapshotDamaged(f"{path}: the manifest is damaged ({error}). {REBUILD}") from error


def verify_snapshot(directory: Path) -> Manifest:
    """Check every file of the published generation against its size and SHA-256.

    Raises:
        SnapshotMissing: there is no manifest.
        SnapshotDamaged: the first file that differs, by name.
        SnapshotMismatch: another version of haihe wrote it.
    """
    manifest = read_manifest(directory)
    for name, record in manifest.files.items():
        path = directory / manifest.generation / name
        if not path.is_file():
            raise SnapshotDamaged(f"{path}: missing, though the manifest lists it. {REBUILD}")
        if path.stat().st_size != record.bytes or sha256_of(path) != record.sha256:
            raise SnapshotDamaged(f"{path}: its contents are not what the manifest says. {REBUILD}")
    return manifest


def replace_manifest(directory: Path, manifest: Manifest) -> None:
    """Publish: from one moment to the next, the directory holds what this manifest says."""
    draft = directory / MANIFEST_DRAFT
    draft.write_text(manifest.to_json(), "utf-8")
    flush_to_disk(draft)
    draft.replace(directory / MANIFEST)
    flush_to_disk(directory)


def _digest_of(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
