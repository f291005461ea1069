"""REST APIs as API Gateway imports and deletes them."""

import json
from collections.abc import Mapping
from typing import Any

from moto.apigateway.exceptions import BadRequestException, InvalidOpenAPIDocumentException
from moto.apigateway.models import APIGatewayBackend, Integration, Method, RestAPI
from moto.apigateway.responses import APIGatewayResponse
from moto.core.common_types import TYPE_RESPONSE
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from ...patching import wrap
from .documents import INTEGRATION, Operation, errors_of, operations_of, warnings_of


@wrap(APIGatewayBackend, "put_rest_api")
def import_all_of_an_operation(
    original: Any,
    backend: APIGatewayBackend,
    function_id: str,
    api_doc: dict[str, Any],
    fail_on_warnings: bool,
    mode: str = "merge",
) -> RestAPI:
    """moto drops an operation's VPC link, load balancer, key, parameters and name, and stumbles over parameters of a path.

    It validates a document only on demand, knows no warnings, and leaves half of what it refuses. API Gateway keeps the
    root resource and, where it refuses a document, all as it was.
    """
    api = backend.get_rest_api(function_id)
    _check(api_doc, fail_on_warnings)
    kept, root = dict(api.resources), api.resources[api.root_resource_id]
    methods = dict(root.resource_methods)
    operations = list(operations_of(api_doc))
    try:
        if mode == "overwrite":
            api.resources, api.default, root.resource_methods = {root.id: root}, root, {}
        original(backend, function_id, {**api_doc, "paths": _paths(operations)}, False, "merge")
    except Exception:
        api.resources, root.resource_methods = kept, methods
        raise
    for operation in operations:
        _complete(api.get_resource_for_path(operation.path).get_method(operation.method), operation)
    return api


@wrap(APIGatewayBackend, "import_rest_api")
def leave_nothing_of_a_refused_import(
    _original: Any, backend: APIGatewayBackend, api_doc: dict[str, Any], fail_on_warnings: bool
) -> RestAPI:
    """moto leaves an empty API where it refuses the document, and fails at one without a description."""
    info = api_doc.get("info", {})
    api = backend.create_rest_api(name=info.get("title", ""), description=info.get("description", ""))
    try:
        return backend.put_rest_api(api.id, api_doc, fail_on_warnings)
    except Exception:
        del backend.apis[api.id]
        raise


def _check(document: dict[str, Any], fail_on_warnings: bool) -> None:
    # What is `swagger: 2.0` is left to moto, which refuses it: the sandbox reads 3.0 only.
    if not str(document.get("openapi", "3.0")).startswith("3.0"):
        raise BadRequestException("Invalid OpenAPI input.")
    try:
        validate(document)
    except OpenAPIValidationError as fault:
        raise InvalidOpenAPIDocumentException(fault) from fault
    if errors := errors_of(document):
        raise BadRequestException("\n\t".join(["Errors found during import:", *errors]))
    if fail_on_warnings and (warnings := warnings_of(document)):
        raise BadRequestException("\n\t".join(["Warnings found during import:", *warnings]))


def _paths(operations: list[Operation]) -> dict[str, dict[str, Any]]:
    """With methods alone, and their integrations in the words of the API."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        document = dict(operation.document)
        if operation.integration:
            words = {name: operation.integration.get(name) for name in ("type", "connectionType", "passthroughBehavior")}
            document[INTEGRATION] = {
                **operation.integration,
                **{name: word.upper() for name, word in words.items() if word},
            }
        paths.setdefault(operation.path, {})[operation.method] = document
    return paths


def _complete(method: Method, operation: Operation) -> None:
    method.authorization_type = "NONE"
    method.api_key_required = operation.api_key_required
    method.operation_name = operation.document.get("operationId")
    method.request_parameters = dict(operation.parameters)
    if method.method_integration:
        _connect(method.method_integration, operation.integration)


def _connect(integration: Integration, given: Mapping[str, Any]) -> None:
    setattr(integration, "connection_id", given.get("connectionId"))
    setattr(integration, "integration_target", given.get("integrationTarget"))


@wrap(APIGatewayResponse, "put_integration")
def put_an_integration_on_its_link(original: Any, response: APIGatewayResponse) -> TYPE_RESPONSE:
    """moto drops connectionId and integrationTarget, and takes an integration of no link for one of a VPC link."""
    parameters = json.loads(response.body)
    if parameters.get("connectionType") == "VPC_LINK" and not parameters.get("connectionId"):
        raise BadRequestException("A connection of type VPC_LINK needs the id of a VPC link")
    status, headers, _ = original(response)
    _, _, function_id, _, resource_id, _, method, *_ = response.path.split("/")
    integration = response.backend.get_integration(function_id, resource_id, method)
    _connect(integration, parameters)
    return status, headers, json.dumps(integration.to_json())


@wrap(Integration, "to_json")
def tell_an_integrations_link(original: Any, integration: Integration) -> dict[str, Any]:
    """See put_an_integration_on_its_link."""
    told = {"connectionId": getattr(integration, "connection_id", None)}
    told["integrationTarget"] = getattr(integration, "integration_target", None)
    return {**original(integration), **told}


@wrap(APIGatewayBackend, "delete_rest_api")
def keep_an_api_that_domains_lead_to(original: Any, backend: APIGatewayBackend, function_id: str) -> RestAPI:
    """moto deletes an API from under the base path mappings of domains, and answers 500 for one that is not there."""
    api = backend.get_rest_api(function_id)
    if domains := domains_of(backend, function_id):
        raise BadRequestException(
            f"Deleting RestApi {function_id} failed. Please remove all base path mappings related to the RestApi in your "
            f"domains: {', '.join(domains)}"
        )
    original(backend, function_id)
    return api


@wrap(RestAPI, "apply_patch_operations")
def enable_the_endpoint_again(original: Any, api: RestAPI, patch_operations: list[dict[str, Any]]) -> None:
    """moto takes the text `false` for true, and leaves an API's own endpoint disabled."""
    original(api, patch_operations)
    for operation in patch_operations:
        if operation["path"] == "/disableExecuteApiEndpoint":
            api.disableExecuteApiEndpoint = operation["value"].lower() == "true"


def domains_of(backend: APIGatewayBackend, api: str, stage: str | None = None) -> list[str]:
    """Domains whose base path mappings lead to an API, or to one stage of it."""
    return [
        domain
        for domain, mappings in backend.base_path_mappings.items()
        if any(each.rest_api_id == api and stage in (None, each.stage) for each in mappings.values())
    ]
