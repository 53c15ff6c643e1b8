"""Files to documents: one reader a format, page furniture left out, what the page states read."""

from indexer.articles.corpus import fingerprint, read_articles, read_file
from indexer.articles.files import ArticleFile, Listing, find_files, list_files
from indexer.articles.page import LeftOut, Reading
from indexer.articles.readers import READERS, Recognizer, load_recognizer

__all__ = [
    "READERS",
    "ArticleFile",
    "LeftOut",
    "Listing",
    "Reading",
    "Recognizer",
    "find_files",
    "fingerprint",
    "list_files",
    "load_recognizer",
    "read_articles",
    "read_file",
]
