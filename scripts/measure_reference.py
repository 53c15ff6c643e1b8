"""Measure the reference statistics of the bundled model from the reference text, and put them beside it.

Run it after a change of `indexer/reference/passages.tsv` or of the bundled model: python scripts/measure_reference.py
"""

from indexer.encoding import load_encoder
from indexer.reference import measure_reference, save_reference, shipped_path

encoder = load_encoder(announce=print)
path = shipped_path(encoder)
for outdated in path.parent.glob("*.npz"):
    outdated.unlink()
reference = measure_reference(encoder)
save_reference(reference, path)
print(f"attenuation across languages: {reference.attenuation:.2f}, tokens {reference.tokens.attenuation:.2f}")
print(f"{path}: {path.stat().st_size / 1024:.0f} kB")
