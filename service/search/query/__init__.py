"""The query: read, encoded, and what is to be said of it."""
