"""`haihe verify`."""

from __future__ import annotations

from service.cli.options import DEFAULT_INDEX, IndexOption


def command(index: IndexOption = DEFAULT_INDEX) -> None:
    """Check every file of an index against its manifest.

    Example: haihe verify --index ~/articles.index
    """
    from indexer import open_snapshot, verify_snapshot
    from service.cli.opening import summary

    manifest = verify_snapshot(index)
    open_snapshot(index, verified=manifest).close()
    size = sum(record.bytes for record in manifest.files.values())
    print(f"{index}: {len(manifest.files)} files, {size / 2**20:.1f} MB, all as the manifest says.")
    print(summary(manifest))
