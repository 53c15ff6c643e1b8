"""The read path: from a query to its ranked hits."""
