"""What API Gateway reads of an OpenAPI 3.0 document, and what it says of one that it does not like.

Errors and warnings are in the words that API Gateway answers with, as far as they are known.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

INTEGRATION = "x-amazon-apigateway-integration"

_METHODS = {name: name.upper() for name in ("get", "put", "post", "delete", "options", "head", "patch")} | {
    "x-amazon-apigateway-any-method": "ANY"
}
_LOCATIONS = {"path": "path", "query": "querystring", "header": "header"}
_PARAMETER_NAME = re.compile(r"[a-zA-Z0-9._$-]+")
_REQUEST_PARAMETER = re.compile(r"method\.request\.(?:path|querystring|header)\.\S+")


@dataclass(frozen=True)
class Operation:
    """One method of a path."""

    path: str
    method: str
    """`GET`, or `ANY`."""
    document: Mapping[str, Any]
    parameters: Mapping[str, bool]
    """Whether each is required, by its name in mapping expressions: `method.request.path.id`."""
    api_key_required: bool

    @property
    def integration(self) -> Mapping[str, Any]:
        """Empty where it has none."""
        integration: Mapping[str, Any] = self.document.get(INTEGRATION) or {}
        return integration


def operations_of(document: Mapping[str, Any]) -> Iterator[Operation]:
    """All operations, with the parameters of their path."""
    for path, item in document["paths"].items():
        for name, method in _METHODS.items():
            if operation := item.get(name):
                given = [*item.get("parameters", []), *operation.get("parameters", [])]
                parameters = dict(_parameter(each, document) for each in given)
                yield Operation(path, method, operation, parameters, _needs_key(operation, document))


def _parameter(parameter: Mapping[str, Any], document: Mapping[str, Any]) -> tuple[str, bool]:
    if reference := parameter.get("$ref"):
        parameter = document["components"]["parameters"][reference.rpartition("/")[2]]
    location = _LOCATIONS.get(parameter["in"], parameter["in"])
    return f"method.request.{location}.{parameter['name']}", bool(parameter.get("required", False))


def _schemes(document: Mapping[str, Any]) -> Mapping[str, Any]:
    schemes: Mapping[str, Any] = document.get("components", {}).get("securitySchemes", {})
    return schemes


def _needs_key(operation: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    """Of the whole document's `security` API Gateway makes nothing that one can rely on."""
    named = [_schemes(document).get(name, {}) for each in operation.get("security", []) for name in each]
    return any(
        (scheme.get("type"), scheme.get("in"), scheme.get("name", "").lower()) == ("apiKey", "header", "x-api-key")
        for scheme in named
    )


def errors_of(document: Mapping[str, Any]) -> list[str]:
    """Why the document is not imported."""
    names = document.get("components", {}).get("schemas", {})
    errors = [f"Model name must be alphanumeric: {name}" for name in names if not name.isalnum()]
    return errors + [error for operation in operations_of(document) for error in _errors(operation)]


def _errors(operation: Operation) -> Iterator[str]:
    place = f"'{operation.method}' for resource at path '{operation.path}'"
    mapping = "Invalid mapping expression specified: Validation Result: warnings : [], errors :"
    for parameter in operation.parameters:
        if not _PARAMETER_NAME.fullmatch(parameter.split(".", 3)[3]):
            rule = f"Parameter name should match the following regular expression: ^{_PARAMETER_NAME.pattern}$"
            yield f"Unable to put method {place.replace(' for ', ' on ')}: {mapping} [{rule}]"
    integration = operation.integration
    put = f"Unable to put integration on {place}:"
    for source in (integration.get("requestParameters") or {}).values():
        if _REQUEST_PARAMETER.fullmatch(source) and source not in operation.parameters:
            yield f"{put} {mapping} [Invalid mapping expression parameter specified: {source}]"
    if str(integration.get("connectionType")).upper() == "VPC_LINK" and not integration.get("connectionId"):
        yield f"{put} A connection of type VPC_LINK needs the id of a VPC link"


def warnings_of(document: Mapping[str, Any]) -> list[str]:
    """What the import would leave out."""
    ignored = [
        f"Unsupported security definition type '{scheme.get('type')}' for '{name}'. Ignoring."
        for name, scheme in _schemes(document).items()
        if scheme.get("type") != "apiKey"
    ]
    codes = [
        f"Invalid response status code '{code}' of '{operation.method} {operation.path}'. Ignoring."
        for operation in operations_of(document)
        for code in operation.document.get("responses", {})
        if not re.fullmatch(r"\d{3}", str(code))
    ]
    additional = [
        f"Unsupported keyword 'additionalProperties' in model '{name}'. Ignoring."
        for name, schema in document.get("components", {}).get("schemas", {}).items()
        if "additionalProperties" in schema
    ]
    return ignored + codes + additional
