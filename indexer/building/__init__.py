"""Articles to an index: read, cut, encoded and stored; what is unchanged is taken over."""
