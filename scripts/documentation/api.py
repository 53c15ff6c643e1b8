"""The reference of the HTTP API, from the service's own OpenAPI description."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from documentation.tables import table
from service.http.app import create_app
from service.settings import Settings

if TYPE_CHECKING:
    from documentation.words import Words

Schema = dict[str, Any]

_BOUNDS = {"minimum": "≥ {}", "maximum": "≤ {}", "minLength": "≥ {} chars", "maxLength": "≤ {} chars"}


def description() -> Schema:
    """What `/openapi.json` answers under the default settings."""
    return create_app(Settings.model_construct()).openapi()


def routes(api: Schema, words: Words) -> str:
    """A section for each route: what it does, takes and answers."""
    return "\n".join(
        _route(method.upper(), path, route, words)
        for path, methods in api["paths"].items()
        for method, route in methods.items()
    )


def records(api: Schema, words: Words) -> str:
    """A section for each shape of a request or an answer."""
    return "\n".join(_record(name, schema, words) for name, schema in sorted(api["components"]["schemas"].items()))


def _route(method: str, path: str, route: Schema, words: Words) -> str:
    parts = [f"### `{method} {path}` {{#{_anchor(method, path)}}}\n", words(route.get("description", "")) + "\n"]
    if parameters := route.get("parameters"):
        parts.append(_parameters(parameters, words))
    if body := route.get("requestBody"):
        parts.append(_body(body["content"]["application/json"]["schema"], words))
    parts.append(_answers(route["responses"], words))
    return "\n".join(parts)


def _anchor(method: str, path: str) -> str:
    name = path.removeprefix("/v1/").translate(str.maketrans({"/": "-", ":": "-", "{": None, "}": None}))
    return f"{method.lower()}-{name.strip('-')}"


def _parameters(parameters: list[Schema], words: Words) -> str:
    head = (words("Parameter"), words("Type"), words("Default"), words("Meaning"))
    return table(head, (_parameter(each, words) for each in parameters))


def _parameter(parameter: Schema, words: Words) -> tuple[str, str, str, str]:
    schema = parameter["schema"]
    default = words("required") if parameter.get("required") else _default(schema)
    return f"`{parameter['name']}`", _type(schema, words), default, words(_meaning(parameter))


def _meaning(node: Schema) -> str:
    return node.get("description") or node.get("schema", {}).get("description") or ""


def _body(schema: Schema, words: Words) -> str:
    return f"{words('Body')}: {_type(schema, words)}\n"


def _answers(responses: Schema, words: Words) -> str:
    rows = [(f"{status} {HTTPStatus(int(status)).phrase}", _content(each, words)) for status, each in responses.items()]
    return table((words("Answer"), words("Content")), rows)


def _content(response: Schema, words: Words) -> str:
    content = response.get("content", {})
    return ", ".join(f"{_type(shape.get('schema', {}), words)} (`{kind}`)" for kind, shape in content.items()) or "–"


def _record(name: str, schema: Schema, words: Words) -> str:
    parts = [f"### {name} {{#{name.lower()}}}\n"]
    parts += [words(paragraph) + "\n" for paragraph in schema.get("description", "").split("\n\n")]
    if values := schema.get("enum"):
        parts.append(" · ".join(f"`{value}`" for value in values) + "\n")
    if properties := schema.get("properties"):
        parts.append(_fields(properties, set(schema.get("required", ())), words))
    parts += [_example(example) for example in schema.get("examples", ())]
    return "\n".join(parts)


def _fields(properties: Schema, required: set[str], words: Words) -> str:
    if any("description" in field or "default" in field for field in properties.values()):
        head = (words("Field"), words("Type"), words("Default"), words("Meaning"))
        return table(head, (_field(name, each, name in required, words) for name, each in properties.items()))
    return table(
        (words("Field"), words("Type")), ((f"`{name}`", _type(each, words)) for name, each in properties.items())
    )


def _field(name: str, field: Schema, is_required: bool, words: Words) -> tuple[str, str, str, str]:
    default = words("required") if is_required else _default(field)
    return f"`{name}`", _type(field, words), default, words(_meaning(field))


def _default(schema: Schema) -> str:
    default = schema.get("default")
    return "–" if default is None else f"`{json.dumps(default, ensure_ascii=False)}`"


def _type(schema: Schema, words: Words) -> str:
    """A shape in words: `[Hit](#hit)`, list of …, … or null."""
    if reference := schema.get("$ref"):
        name = reference.rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if choices := schema.get("anyOf") or schema.get("allOf"):
        return f" {words('or')} ".join(_type(choice, words) for choice in choices)
    if schema.get("type") == "array":
        return f"{words('list of')} {_type(schema['items'], words)}"
    if "const" in schema:
        return f"`{schema['const']}`"
    shown = [words(schema.get("format") or schema.get("type") or "any")]
    return ", ".join(shown + [sign.format(schema[key]) for key, sign in _BOUNDS.items() if key in schema])


def _example(example: Schema) -> str:
    return f"```json\n{json.dumps(example, ensure_ascii=False, indent=2)}\n```\n"
