"""Saved web pages: the article told from what stands around it, and what the page states of it."""
