"""The REST interface and the pages, and the processes that serve them."""
