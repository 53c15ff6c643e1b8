"""Measurements of relevance and of speed. Nothing else of the service imports them."""
