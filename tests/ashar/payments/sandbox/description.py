"""Stripe's published description of its API, as a judge of objects."""

from typing import Any

import jsonschema

from tests.services import addresses

PLACE = addresses.FOLDER / "stripe-mock" / "openapi.json"


class Description:
    """The description, converted from OpenAPI 3.0 to JSON Schema: `nullable` becomes a choice with null."""

    def __init__(self, published: dict[str, Any]) -> None:
        self.version = published["info"]["version"]
        schemas = published["components"]["schemas"]
        self.fields = {name: set(schema.get("properties", {})) for name, schema in schemas.items()}
        self._components = {"schemas": {name: _converted(schema) for name, schema in schemas.items()}}

    def faults(self, subject: dict[str, Any]) -> list[str]:
        """Return what is wrong with an object, the fields that Stripe does not know included."""
        noun = subject["object"]
        schema = {"$ref": f"#/components/schemas/{noun}", "components": self._components}
        found = jsonschema.Draft202012Validator(schema).iter_errors(subject)
        unknown = sorted(set(subject) - self.fields[noun])
        return [_told(noun, error) for error in found] + unknown


def _told(noun: str, error: jsonschema.ValidationError) -> str:
    """Return where and what, from the innermost fault of a choice."""
    deepest = jsonschema.exceptions.best_match([error])
    return f"{noun} {list(deepest.absolute_path)}: {deepest.message[:200]}"


def _converted(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_converted(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    named = {"properties", "schemas"}
    converted = {
        key: {name: _converted(part) for name, part in value.items()} if key in named else _converted(value)
        for key, value in schema.items()
        if key != "nullable"
    }
    return {"anyOf": [{"type": "null"}, converted]} if schema.get("nullable") is True else converted
