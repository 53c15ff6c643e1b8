"""Passages and sentences of a text, and the language that it is in."""
