"""Load balancing, version 2: what is made stands below what it hangs from."""

from collections.abc import Iterable
from typing import Any

from moto.elbv2.models import elbv2_backends

from ..parameters import request_tags, tag_context
from ..service import Context, Known, Parameters, Place, Service

KINDS = {"application": "app", "network": "net", "gateway": "gwy"}
"""What an ARN calls a load balancer, by its type in the API."""


def _made(operation: str, parameters: Parameters, place: Place) -> str | None:
    match operation:
        case "CreateLoadBalancer":
            kind = KINDS[parameters.get("Type", "application")]
            return place.arn("elasticloadbalancing", f"loadbalancer/{kind}/{parameters['Name']}/new")
        case "CreateTargetGroup":
            return place.arn("elasticloadbalancing", f"targetgroup/{parameters['Name']}/new")
        case "CreateListener":
            return str(parameters["LoadBalancerArn"]).replace(":loadbalancer/", ":listener/") + "/new"
        case "CreateRule":
            return str(parameters["ListenerArn"]).replace(":listener/", ":listener-rule/") + "/new"
    return None


def _find(operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    yield from (priority["RuleArn"] for priority in parameters.get("RulePriorities") or [])
    if operation in ("CreateLoadBalancer", "CreateTargetGroup") and (arn := _made(operation, parameters, place)):
        yield arn


def _known(arn: str, place: Place) -> Known:
    backend: Any = elbv2_backends[place.account][place.region]
    return Known(backend.tagging_service.get_tag_dict_for_resource(arn))


def _tagging(operation: str, parameters: Parameters, place: Place) -> Iterable[tuple[str, list[str], Context]]:
    context, made = tag_context(request_tags(dict(parameters))), _made(operation, parameters, place)
    if context and made:
        yield "elasticloadbalancing:AddTags", [made], {**context, "elasticloadbalancing:CreateAction": operation}


ELASTICLOADBALANCING = Service("elasticloadbalancing", find=_find, known=_known, tagging=_tagging)
