"""One command a file; `COMMANDS` names them, so that help needs none of them."""

COMMANDS = {
    "up": "Index articles if needed, then serve them.",
    "index": "Index the articles in files and folders; the index stays whole until the new one is.",
    "read": "Show what would be indexed of files, and beside it what would be left out and why.",
    "search": "Search an index in both languages.",
    "shell": "Search an index again and again, in one sitting.",
    "serve": "Serve an index over HTTP; /docs describes the interface.",
    "mcp": "Let assistants search, read and cite an index (Model Context Protocol; pip install 'haihe[mcp]').",
    "eval": "Measure rankings side by side: what each signal adds.",
    "verify": "Check every file of an index against its manifest.",
    "bench": "Measure speed and memory, side by side with txtai where it is installed (pip install 'haihe[bench]').",
}
"""Each command's module here, which has a function of its name, and the first sentence of its help."""
