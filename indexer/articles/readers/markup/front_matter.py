"""Front matter: what a Markdown file states about itself before its text, in YAML, TOML or JSON."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import yaml

_FENCED = re.compile(
    r"\s*^(?P<fence>---|\+\+\+)[^\S\n]*\n(?P<fields>\S.*?)^(?:(?P=fence)|\.\.\.)[^\S\n]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_FIELD = re.compile(r"(?P<name>[\w\"'.@/-]++(?: [\w\"'./@-]++){0,2}+)\s*[:=](?:\s+|$)(?P<value>.*)")
_PART = re.compile(r"\s|[#\[\]{}\"'-]|(?:\.\.\.)")
"""The beginning of a line that goes on with a field, or is a comment."""
_TABLE = re.compile(r"\[{1,2}\w+\]{1,2}\s*$")
_ITEM = re.compile(r"\s*-\s+(?P<value>.*)")
_LARGEST = 65536
"""Characters that are parsed; larger front matter is read line by line."""


class _Refusal(yaml.YAMLError):
    """An alias: ten of them nest into more than any memory holds, and front matter has no use for them."""


class _Loader(yaml.BaseLoader):
    """YAML without aliases, in which each value is the text that stands there: dates and `no` stay as they are."""

    def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401 - untyped library
        if self.check_event(yaml.AliasEvent):
            raise _Refusal
        return super().compose_node(parent, index)


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields before a text, and the text; a text that only begins with a rule has none and is whole."""
    if text.lstrip("\ufeff\n\t ").startswith("{"):
        return _split_json(text)
    fenced = _FENCED.match(text.removeprefix("\ufeff"))
    if fenced is None:
        return {}, text
    is_small = len(fenced["fields"]) <= _LARGEST
    fields = _read_toml(fenced["fields"]) if fenced["fence"] == "+++" and is_small else None
    if fields is None and not _has_only_fields(fenced["fields"]):
        return {}, text
    if fields is None and fenced["fence"] == "---" and is_small:
        fields = _read_yaml(fenced["fields"])
    return fields or _read_lines(fenced["fields"]), text.removeprefix("\ufeff")[fenced.end() :]


def _has_only_fields(text: str) -> bool:
    """The first line is a field, and every other one is, too, or goes on with one or is a comment."""
    first, *lines = (line for line in text.split("\n") if line.strip())
    return bool(_FIELD.match(first) or _TABLE.match(first)) and all(
        _FIELD.match(line) or _PART.match(line) for line in lines
    )


def _read_yaml(text: str) -> dict[str, Any] | None:
    try:
        fields = yaml.load(text, _Loader)  # noqa: S506 - a safe loader: it makes texts, lists and dicts only
    except (yaml.YAMLError, ValueError, RecursionError):
        return None  # a colon in a title, a tab: people's front matter is often no YAML
    return fields if isinstance(fields, dict) else None


def _read_toml(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _split_json(text: str) -> tuple[dict[str, Any], str]:
    start = text.index("{")
    try:
        fields, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return {}, text
    return (fields, text[end:]) if isinstance(fields, dict) and "title" in fields else ({}, text)


def _read_lines(text: str) -> dict[str, Any]:
    """Fields line by line, for what no parser takes: `title: Kestrel: a gateway`, `title: @kestrel`."""
    fields: dict[str, Any] = {}
    items: list[str] = []
    for line in text.split("\n"):
        if field := _FIELD.match(line):
            items = []
            fields[field["name"].strip("\"'")] = _value(field["value"]) or items
        elif item := _ITEM.match(line):
            items.append(item["value"].strip(" \"'"))
    return fields


def _value(written: str) -> str | list[str]:
    written = written.strip()
    if written.startswith("[") and written.endswith("]"):
        return [part.strip(" \"'") for part in written[1:-1].split(",")]
    return written[1:-1] if len(written) > 1 and written[0] == written[-1] and written[0] in "\"'" else written
