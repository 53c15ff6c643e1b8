"""Articles and passages that belong together: near-duplicates, and counterparts in the other language."""
