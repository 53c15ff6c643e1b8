"""An index on disk: its manifest, how it is written, published and opened."""
