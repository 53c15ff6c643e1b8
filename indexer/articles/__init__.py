"""Files to documents: one reader a format, page furniture left out, what the page states read."""

from indexer.articles.corpus import ArticleFile, fingerprint, list_files, read_articles
from indexer.articles.formats import READERS

__all__ = ["READERS", "ArticleFile", "fingerprint", "list_files", "read_articles"]
