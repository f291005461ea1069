"""VPC links of version 1: each is an endpoint service of one network load balancer, which can have one only."""

import json
from typing import Any

from moto.apigateway.exceptions import BadRequestException
from moto.apigateway.models import APIGatewayBackend, VpcLink, apigateway_backends
from moto.apigateway.responses import APIGatewayResponse
from moto.core.common_types import TYPE_RESPONSE
from moto.elbv2.exceptions import ResourceInUseError
from moto.elbv2.models import ELBv2Backend, elbv2_backends

from ...patching import add, wrap
from .deployments import references_to


@wrap(APIGatewayBackend, "create_vpc_link")
def make_a_link_to_one_network_load_balancer(
    original: Any, backend: APIGatewayBackend, name: str, description: str, target_arns: list[str], tags: Any
) -> VpcLink:
    """moto links anything; API Gateway one network load balancer that has no other link, and says so a while later."""
    if len(target_arns) != 1:
        raise BadRequestException("More than one target arn specified for vpc link.")
    problem = _problem(backend, target_arns[0])
    link: VpcLink = original(backend, name, description, target_arns, tags or {})
    link.status = "PENDING"
    setattr(link, "status_message", problem)
    return link


def _problem(backend: APIGatewayBackend, target: str) -> str | None:
    if ":loadbalancer/net/" not in target:
        return "NLB ARN is malformed"
    if target not in elbv2_backends[backend.account_id][backend.region_name].load_balancers:
        return "NLB is not found"
    return "NLB is already associated with another VPC Endpoint Service" if _has_link(backend, target) else None


def _has_link(backend: APIGatewayBackend, load_balancer: str) -> bool:
    return any(load_balancer in link.target_arns and _settled(link) == "AVAILABLE" for link in backend.vpc_links.values())


def _settled(link: VpcLink) -> str:
    return "FAILED" if getattr(link, "status_message", None) else "AVAILABLE"


@wrap(APIGatewayBackend, "get_vpc_link")
def settle_a_pending_link(original: Any, backend: APIGatewayBackend, vpc_link_id: str) -> VpcLink:
    """See make_a_link_to_one_network_load_balancer: whoever looks finds how it ended."""
    link: VpcLink = original(backend, vpc_link_id)
    link.status = _settled(link)
    return link


@wrap(VpcLink, "to_json")
def tell_why_a_link_failed(original: Any, link: VpcLink) -> dict[str, Any]:
    """See make_a_link_to_one_network_load_balancer."""
    message = getattr(link, "status_message", None) if link.status == "FAILED" else None
    return {**original(link), "statusMessage": message}


@add(APIGatewayResponse, "update_vpc_link")
def update_vpc_link(response: APIGatewayResponse) -> TYPE_RESPONSE:
    """moto has no UpdateVpcLink, which gives a link another name or description; its load balancer stays."""
    link = response.backend.get_vpc_link(response.path.split("/")[-1])
    for operation in response._get_param("patchOperations"):
        attribute = operation["path"].removeprefix("/")
        if attribute not in ("name", "description"):
            raise BadRequestException("Target arns are not allowed to be changed/added.")
        setattr(link, attribute, operation["value"])
    return 200, {}, json.dumps(link.to_json())


@wrap(APIGatewayBackend, "delete_vpc_link")
def keep_a_link_that_stages_serve_through(original: Any, backend: APIGatewayBackend, vpc_link_id: str) -> None:
    """moto deletes a link from under the methods that a stage serves through it."""
    backend.get_vpc_link(vpc_link_id)
    if references := list(references_to(backend, vpc_link_id)):
        raise BadRequestException(
            f"Cannot delete vpc link. Vpc link '{vpc_link_id}', is referenced in [{', '.join(references)}] in format of "
            "[RESTApiId:Method:Resource:Stage]."
        )
    original(backend, vpc_link_id)


@wrap(ELBv2Backend, "delete_load_balancer")
def keep_a_load_balancer_that_a_link_uses(original: Any, backend: ELBv2Backend, arn: str) -> None:
    """moto deletes a load balancer from under a VPC link."""
    if _has_link(apigateway_backends[backend.account_id][backend.region_name], arn):
        raise ResourceInUseError(
            f"Load balancer '{arn}' cannot be deleted because it is currently associated with another service"
        )
    original(backend, arn)
