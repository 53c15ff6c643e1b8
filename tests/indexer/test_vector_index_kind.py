"""The kind of vector index that the manifest records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer import SnapshotDamaged, open_snapshot, read_manifest


def test_an_index_of_another_kind_than_the_manifest_says_is_refused(index):
    """A file that was put in place of another isn't searched, though its own checksum is right."""
    manifest = read_manifest(index)
    assert manifest.vector_index == {"zh": "flat", "en": "flat"}
    changed = replace(manifest, vector_index={"zh": "flat", "en": "ivf"})
    (index / "manifest.json").write_text(changed.to_json(), "utf-8")
    with pytest.raises(
        SnapshotDamaged, match=r"en\.faiss is an index of kind flat, the manifest says ivf.*haihe index"
    ):
        open_snapshot(index)
