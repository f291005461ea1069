"""Deployments and stages as API Gateway keeps them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from moto.apigateway.exceptions import BadRequestException, StageNotFoundException, StageStillActive
from moto.apigateway.models import APIGatewayBackend, Deployment, RestAPI, Stage
from moto.apigateway.responses import APIGatewayResponse
from moto.core.common_types import TYPE_RESPONSE

from ...patching import add, wrap
from .apis import domains_of

CONNECTIONS = "demarc_connections"
"""Where a deployment keeps what its methods connect to: later changes of the API are not served."""

_VARIABLE = re.compile(r"\$\{stageVariables\.([A-Za-z0-9_]+)\}")


@wrap(RestAPI, "create_deployment")
def deploy_what_the_api_connects_to_now(original: Any, api: RestAPI, *args: Any, **kwargs: Any) -> Deployment:
    """moto keeps nothing of an API in its deployment; a VPC link is in use as the deployment has it."""
    deployment: Deployment = original(api, *args, **kwargs)
    connections = {
        (method, resource.id): getattr(integration, "connection_id", None)
        for resource in api.resources.values()
        for method in resource.resource_methods
        if (integration := resource.get_integration(method))
    }
    setattr(deployment, CONNECTIONS, connections)
    return deployment


def references_to(backend: APIGatewayBackend, link: str) -> Iterator[str]:
    """Each method that a stage serves through a VPC link, as API Gateway names it: `api:GET:resource:stage`."""
    for api in backend.apis.values():
        for stage in api.stages.values():
            deployment = api.deployments.get(stage.deployment_id or "")
            for (method, resource), connection in getattr(deployment, CONNECTIONS, {}).items():
                if connection and _resolved(connection, stage) == link:
                    yield f"{api.id}:{method}:{resource}:{stage.name}"


def _resolved(connection: str, stage: Stage) -> str:
    return _VARIABLE.sub(lambda variable: str(stage.variables.get(variable[1], "")), connection)


@wrap(RestAPI, "delete_deployment")
def keep_a_deployment_that_stages_serve(original: Any, api: RestAPI, deployment_id: str) -> Deployment:
    """moto looks only at the stage that the deployment was made with."""
    if any(stage.deployment_id == deployment_id for stage in api.stages.values()):
        raise StageStillActive()
    deployment: Deployment = original(api, deployment_id)
    return deployment


@add(APIGatewayResponse, "update_deployment")
def update_deployment(response: APIGatewayResponse) -> TYPE_RESPONSE:
    """moto has no UpdateDeployment, which gives a deployment another description."""
    _, _, api, _, identifier = response.path.split("/")
    deployment = response.backend.get_deployment(api, identifier)
    for operation in response._get_param("patchOperations"):
        if operation["path"] != "/description":
            raise NotImplementedError(f"a change of {operation['path']} of a deployment")
        deployment.description = operation["value"]
    return 200, {}, json.dumps(deployment.to_json())


@wrap(RestAPI, "create_stage")
def make_a_stage_of_a_deployment(original: Any, api: RestAPI, name: str, deployment_id: str, **more: Any) -> Stage:
    """moto takes any id for that of a deployment."""
    if deployment_id not in api.deployments:
        raise BadRequestException("Deployment id does not exist")
    stage: Stage = original(api, name, deployment_id, **more)
    return stage


@wrap(APIGatewayBackend, "update_stage")
def log_only_where_the_account_has_a_role(
    original: Any, backend: APIGatewayBackend, function_id: str, stage_name: str, patch_operations: list[dict[str, Any]]
) -> Stage:
    """moto makes a stage that is not there, and lets it log though API Gateway has no role in CloudWatch."""
    if stage_name not in backend.get_rest_api(function_id).stages:
        raise StageNotFoundException()
    if any(map(_logs, patch_operations)) and not backend.account.cloudwatch_role_arn:
        raise BadRequestException("CloudWatch Logs role ARN must be set in account settings to enable logging")
    stage: Stage = original(backend, function_id, stage_name, patch_operations)
    return stage


def _logs(operation: dict[str, Any]) -> bool:
    path, value = operation["path"], operation.get("value")
    if operation["op"] == "remove" or not value:
        return False
    return path == "/accessLogSettings/destinationArn" or (path.endswith("/logging/loglevel") and value != "OFF")


@wrap(APIGatewayBackend, "delete_stage")
def keep_a_stage_that_domains_lead_to(
    original: Any, backend: APIGatewayBackend, function_id: str, stage_name: str
) -> None:
    """moto deletes a stage from under the base path mappings of domains."""
    if domains := domains_of(backend, function_id, stage_name):
        raise BadRequestException(
            f"Deleting stage {stage_name} failed. Please remove all base path mappings related to the stage in your "
            f"domains: {', '.join(domains)}"
        )
    original(backend, function_id, stage_name)
