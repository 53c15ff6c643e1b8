"""Files to documents: one reader a format, page furniture left out, what the page states read."""

from indexer.articles.corpus import ArticleFile, fingerprint, list_files, read_articles, read_file
from indexer.articles.page import LeftOut, Reading
from indexer.articles.readers import READERS, Recognizer, load_recognizer

__all__ = [
    "READERS",
    "ArticleFile",
    "LeftOut",
    "Reading",
    "Recognizer",
    "fingerprint",
    "list_files",
    "load_recognizer",
    "read_articles",
    "read_file",
]
