"""The parts of `build_docs.py`."""
