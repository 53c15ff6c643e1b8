"""Texts and vectors of any number, grown from the reference text."""
