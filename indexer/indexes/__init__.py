"""Indexes of one language: its vectors, terms, sentences and tokens."""
