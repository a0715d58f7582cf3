"""The description of `/api/v1` (OpenAPI 3.1), made of the models that are sent. docs/openapi.json is a copy of it."""

from __future__ import annotations

import json
import sys
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from codesign.results import api
from codesign.web.api import BASE

_PAGES = {
    "workshops": (api.WorkshopsPage, "The workshops that the token reads."),
    "notes": (api.NotesPage, "Everything people wrote, on the boards that everyone may see."),
    "votes": (api.VotesPage, "Votes that are closed, with dots by city where enough people voted."),
    "records": (
        api.RecordsPage,
        "Actors, personas, ideas, actions and whatever else the programme keeps.",
    ),
    "actions": (
        api.ActionsPage,
        "The action plan: who leads, from when to when, with which money.",
    ),
}
_LANG = {
    "name": "lang",
    "in": "query",
    "description": "The language of what the product says itself, such as headings. People's words stay as they are.",
    "schema": {"type": "string", "default": "en"},
}
_WORKSHOP = {
    "name": "workshop",
    "in": "query",
    "description": "Which workshop, by its id. It has to be said where the token reads several.",
    "schema": {"type": "string"},
}
_PAGING = [
    {
        "name": "limit",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": 500, "default": 200},
    },
    {
        "name": "offset",
        "in": "query",
        "schema": {"type": "integer", "minimum": 0, "default": 0},
    },
]
_REFUSALS = {
    "400": "A parameter is not what it may be.",
    "401": "There is no token, or it was ended, has expired or never was.",
    "403": "The token may not read this.",
    "404": "The token reads no such workshop.",
    "429": "Too many requests: at most one a second, sixty at once. `Retry-After` says how long to wait.",
    "503": "It cannot be read just now.",
}


def document() -> dict[str, Any]:
    models = [api.ReportSaid, *(model for model, _ in _PAGES.values())]
    _, schemas = models_json_schema(
        [(cast("type[BaseModel]", model), "serialization") for model in models],
        ref_template="#/components/schemas/{model}",
    )
    paths = {
        f"{BASE}/report": _path(
            "report", api.ReportSaid.__name__, "The report.", [_WORKSHOP, _LANG]
        )
    }
    for name, (model, about) in _PAGES.items():
        asked = [] if name == "workshops" else [_WORKSHOP, _LANG]
        paths[f"{BASE}/{name}"] = _path(name, model.__name__, about, [*asked, *_PAGING])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Codesign",
            "version": "1",
            "description": "Workshops as everyone in them may see them, read-only, by a token that those who lead "
            "make: of one workshop, or of those of a programme that they lead.",
        },
        "paths": paths,
        "security": [{"token": []}],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {**schemas["$defs"], "Refusal": _refusal()},
        },
    }


def written() -> str:
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _path(
    name: str, model: str, about: str, parameters: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    refused = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    answer = {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}
    return {
        "get": {
            "operationId": name,
            "summary": about,
            "parameters": parameters,
            "responses": {
                "200": {"description": about, "content": answer},
                **{
                    status: {"description": words, "content": refused}
                    for status, words in _REFUSALS.items()
                },
            },
        }
    }


def _refusal() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "properties": {"code": text, "text": text},
        "required": ["code", "text"],
        "additionalProperties": False,
    }


if __name__ == "__main__":
    sys.stdout.write(written())
