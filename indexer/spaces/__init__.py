"""Statistics that make scores comparable across languages."""
