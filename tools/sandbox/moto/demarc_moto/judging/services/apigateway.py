"""API Gateway: an action is the method of the request, and its resource the request's path."""

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

from botocore.model import OperationModel
from moto.apigateway.models import apigateway_backends
from moto.core.utils import get_service_model

from ...gateway_arns import gateway_arn, resource_of
from ..parameters import request_tags, tag_context
from ..service import Context, Known, Parameters, Passed, Place, Service

_PLACEHOLDER = re.compile(r"\{([^}]+)\}")


@cache
def _model(operation: str) -> OperationModel:
    return get_service_model("apigateway").operation_model(operation)


def _action(operation: str) -> str:
    return str(_model(operation).http["method"])


def _find(operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    model = _model(operation)
    members = model.input_shape.members if model.input_shape else {}
    names = {shape.serialization.get("name"): name for name, shape in members.items()}
    # What is of a thing's tags is asked of `/tags/` and its ARN with all but letters and digits written as in a URL.
    values = {place_: quote(str(parameters.get(name, "")), safe="") for place_, name in names.items()}
    path = str(model.http["requestUri"]).partition("?")[0]
    yield gateway_arn(place.region, _PLACEHOLDER.sub(lambda found: values[found[1]], path))


def _known(arn: str, place: Place) -> Known:
    """A part of a thing has the tags of the thing."""
    backend = apigateway_backends[place.account][place.region]
    while "/" in arn:
        found = resource_of(backend, arn)
        if found is not None and found.tags:
            return Known(dict(found.tags))
        arn = arn.rpartition("/")[0]
    return Known()


def _context(operation: str, parameters: Parameters, _place: Place) -> Context:
    context: Context = {}
    types = (parameters.get("endpointConfiguration") or {}).get("types")
    if types:
        context["apigateway:Request/EndpointType"] = list(types)
    written = {
        "name": "apigateway:Request/ApiName",
        "securityPolicy": "apigateway:Request/SecurityPolicy",
        "stageName": "apigateway:Request/StageName",
        "disableExecuteApiEndpoint": "apigateway:Request/DisableExecuteApiEndpoint",
    }
    context |= {key: str(parameters[name]) for name, key in written.items() if name in parameters}
    for change in parameters.get("patchOperations") or []:
        if operation == "UpdateStage" and change["path"] in _LOGGING and change.get("value"):
            context[_LOGGING[change["path"]]] = change["value"]
    return context


_LOGGING = {
    "/accessLogSettings/destinationArn": "apigateway:Request/AccessLoggingDestination",
    "/accessLogSettings/format": "apigateway:Request/AccessLoggingFormat",
}


def _tagging(operation: str, parameters: Parameters, place: Place) -> Iterable[tuple[str, list[str], Context]]:
    """Whoever makes a thing with tags needs to be allowed to put its tags besides, and whoever tags it to change it."""
    context = tag_context(request_tags(dict(parameters)))
    if context and operation.startswith("Create"):
        made = f"{next(iter(_find(operation, parameters, place)))}/new"
        yield "apigateway:PUT", [gateway_arn(place.region, f"/tags/{quote(made, safe='')}")], context
    if operation == "TagResource":
        yield "apigateway:PATCH", [parameters["resourceArn"]], context


def _besides(operation: str, parameters: Parameters, place: Place) -> Iterable[tuple[str, list[str]]]:
    """A VPC link's endpoint service is made by whoever makes the link.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/grant-permissions-to-create-vpclink.html"""
    service = [place.arn("ec2", "vpc-endpoint-service/new")]
    if operation == "CreateVpcLink":
        yield "elasticloadbalancing:DescribeLoadBalancers", []
        yield "ec2:CreateVpcEndpointServiceConfiguration", [*service, *parameters.get("targetArns", [])]
        yield "ec2:ModifyVpcEndpointServicePermissions", service
        yield "ec2:DescribeVpcEndpointServiceConfigurations", []
    if operation == "DeleteVpcLink":
        yield "ec2:DeleteVpcEndpointServiceConfigurations", service


def _passes(operation: str, parameters: Parameters, _place: Place) -> Iterable[Passed]:
    for change in parameters.get("patchOperations") or []:
        if operation == "UpdateAccount" and change["path"] == "/cloudwatchRoleArn" and change.get("value"):
            yield Passed(change["value"], "apigateway.amazonaws.com")


APIGATEWAY = Service(
    "apigateway",
    action=_action,
    # Tags have a path of their own, which holds the ARN of what they are of.
    apart=frozenset({"resourceArn"}),
    find=_find,
    known=_known,
    context=_context,
    tagging=_tagging,
    besides=_besides,
    passes=_passes,
)
