"""REST APIs as they are described."""

import json
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from .check import ClientFactory, check, code_of

LINKED = {
    "type": "http_proxy",
    "httpMethod": "GET",
    "uri": "http://pets.test:80/pets/{id}",
    "connectionType": "VPC_LINK",
    "connectionId": "${stageVariables.link}",
    "integrationTarget": "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/net/a/b",
    "requestParameters": {"integration.request.path.id": "method.request.path.id"},
}
PARAMETER = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
OPERATION = {
    "operationId": "showPet",
    "security": [{"key": []}],
    "responses": {"200": {"description": "a pet"}},
    "x-amazon-apigateway-integration": LINKED,
}
KEY = {"type": "apiKey", "name": "x-api-key", "in": "header"}


def document(operation: dict[str, Any] | None = None, **components: Any) -> dict[str, Any]:
    schemes = {"securitySchemes": {"key": KEY}}
    return {
        "openapi": "3.0.1",
        "info": {"title": "pets", "version": "1"},
        "paths": {"/pets/{id}": {"parameters": [PARAMETER], "get": {**OPERATION, **(operation or {})}}},
        "components": {**schemes, **components},
    }


def put(aws: ClientFactory, api: str, body: dict[str, Any], fail: bool = True) -> None:
    aws("apigateway").put_rest_api(restApiId=api, mode="overwrite", failOnWarnings=fail, body=json.dumps(body))


def imported(aws: ClientFactory) -> str:
    api = str(aws("apigateway").create_rest_api(name="pets")["id"])
    put(aws, api, document())
    return api


def refusal_of(call: Callable[[], Any]) -> str:
    try:
        call()
    except ClientError as refused:
        error = refused.response["Error"]
        assert error["Code"] == "BadRequestException", error
        return str(error["Message"])
    raise AssertionError("the call is served")


@check("import_all_of_an_operation", "tell_an_integrations_link")
def an_import_keeps_all_of_an_operation(aws: ClientFactory) -> None:
    apis = aws("apigateway")
    api = imported(aws)
    root = apis.get_rest_api(restApiId=api)["rootResourceId"]
    resources = {each["path"]: each for each in apis.get_resources(restApiId=api)["items"]}
    assert resources["/"]["id"] == root
    method = apis.get_method(restApiId=api, resourceId=resources["/pets/{id}"]["id"], httpMethod="GET")
    assert (method["apiKeyRequired"], method["authorizationType"], method["operationName"]) == (True, "NONE", "showPet")
    assert method["requestParameters"] == {"method.request.path.id": True}
    integration = method["methodIntegration"]
    kept = ("connectionType", "connectionId", "integrationTarget", "requestParameters", "uri")
    assert {name: integration[name] for name in kept} == {name: LINKED[name] for name in kept}
    assert integration["type"] == "HTTP_PROXY"
    put(aws, api, document({"security": []}))
    assert apis.get_rest_api(restApiId=api)["rootResourceId"] == root
    [resource] = [each for each in apis.get_resources(restApiId=api)["items"] if each["path"] == "/pets/{id}"]
    assert not apis.get_method(restApiId=api, resourceId=resource["id"], httpMethod="GET")["apiKeyRequired"]


@check("import_all_of_an_operation")
def a_document_is_refused_with_all_its_faults(aws: ClientFactory) -> None:
    api = imported(aws)
    before = aws("apigateway").get_resources(restApiId=api)["items"]

    def refusal(faulty: dict[str, Any], fail: bool = False) -> str:
        return refusal_of(lambda: put(aws, api, faulty, fail))

    unmapped = {**LINKED, "requestParameters": {"integration.request.path.id": "method.request.path.other"}}
    faulty = document({"x-amazon-apigateway-integration": unmapped}, schemas={"a_pet": {"type": "object"}})
    said = refusal(faulty)
    assert said.startswith("Errors found during import:\n\tModel name must be alphanumeric: a_pet\n\tUnable to put integration")
    assert "[Invalid mapping expression parameter specified: method.request.path.other]" in said
    unlinked = {name: value for name, value in LINKED.items() if name != "connectionId"}
    assert "GET" in refusal(document({"x-amazon-apigateway-integration": unlinked}))
    assert "Failed to parse" in refusal({**document(), "paths": {"/pets": {"get": {}}}})
    assert refusal({**document(), "openapi": "3.1.0"}) == "Invalid OpenAPI input."
    nowhere = {**LINKED, "uri": "nowhere"}
    assert "Invalid HTTP endpoint" in refusal(document({"x-amazon-apigateway-integration": nowhere}))

    oauth = {"key": KEY, "sso": {"type": "http", "scheme": "bearer"}}
    default = {"default": {"description": "any"}}
    warned = document({"responses": default}, securitySchemes=oauth, schemas={"Pet": {"additionalProperties": True}})
    said = refusal(warned, fail=True)
    assert said.startswith("Warnings found during import:\n\tUnsupported security definition type 'http' for 'sso'. Ignoring.")
    assert len(said.split("\n\t")) == 4
    assert aws("apigateway").get_resources(restApiId=api)["items"] == before
    put(aws, api, {**warned, "paths": document()["paths"]}, fail=False)


@check("leave_nothing_of_a_refused_import")
def a_refused_import_leaves_no_api(aws: ClientFactory) -> None:
    apis = aws("apigateway")
    before = len(apis.get_rest_apis()["items"])
    faulty = {**document(), "openapi": "3.1.0"}
    assert refusal_of(lambda: apis.import_rest_api(body=json.dumps(faulty))) == "Invalid OpenAPI input."
    assert len(apis.get_rest_apis()["items"]) == before
    assert apis.import_rest_api(failOnWarnings=True, body=json.dumps(document()))["name"] == "pets"


@check("enable_the_endpoint_again")
def an_apis_own_endpoint_is_disabled_and_enabled(aws: ClientFactory) -> None:
    apis = aws("apigateway")
    api = apis.create_rest_api(name="pets", disableExecuteApiEndpoint=True)["id"]
    change = {"op": "replace", "path": "/disableExecuteApiEndpoint", "value": "false"}
    assert not apis.update_rest_api(restApiId=api, patchOperations=[change])["disableExecuteApiEndpoint"]


@check("put_an_integration_on_its_link")
def an_integration_keeps_its_link(aws: ClientFactory) -> None:
    apis = aws("apigateway")
    api = apis.create_rest_api(name="by-hand")
    method = {"restApiId": api["id"], "resourceId": api["rootResourceId"], "httpMethod": "GET"}
    apis.put_method(**method, authorizationType="NONE")
    link = {"type": "HTTP_PROXY", "integrationHttpMethod": "GET", "uri": "http://pets.test:80/", "connectionType": "VPC_LINK"}
    assert "link" in refusal_of(lambda: apis.put_integration(**method, **link))
    apis.put_integration(**method, **link, connectionId="abc123")
    assert apis.get_integration(**method)["connectionId"] == "abc123"


@check("tell_the_tags_of_every_kind", "tag_every_kind", "untag_every_kind")
def every_kind_is_tagged_and_untagged(aws: ClientFactory) -> None:
    apis = aws("apigateway")
    key = apis.create_api_key(name="tagged", tags={"team": "pets"})["id"]
    arn = f"arn:aws:apigateway:ap-northeast-1::/apikeys/{key}"
    apis.tag_resource(resourceArn=arn, tags={"revision": "2"})
    assert apis.get_tags(resourceArn=arn)["tags"] == {"team": "pets", "revision": "2"}
    apis.untag_resource(resourceArn=arn, tagKeys=["team"])
    assert apis.get_api_key(apiKey=key)["tags"] == {"revision": "2"}
    assert code_of(lambda: apis.get_tags(resourceArn=arn.replace(key, "none"))) == "NotFoundException"
