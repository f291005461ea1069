"""A call as questions: which actions it needs, on what, under which condition keys."""

from collections.abc import Iterable, Mapping
from typing import Any

from .parameters import request_tags, tag_context, tag_keys, values_of
from .service import Context, Known, Parameters, Place, Service
from .services import SERVICES

GLOBAL_SERVICES = {"iam", "route53", "sts"}
"""AWS serves them from one region, and says so in aws:RequestedRegion."""


def questions_of(service_name: str, operation: str, parameters: Parameters, place: Place) -> list[dict[str, Any]]:
    """None for an operation that AWS asks no policy about."""
    service = SERVICES.get(service_name) or Service(service_name)
    if operation in service.unasked:
        return []
    general = _general(service, place)
    context = {**general, **_tag_context(parameters), **service.context(operation, parameters, place)}
    arns = [*_named(service, parameters, place), *service.find(operation, parameters, place)]
    first = _question(f"{service.prefix}:{service.action(operation)}", arns, context, place)
    tagging = (
        _question(action, made, {**general, **keys}, place)
        for action, made, keys in service.tagging(operation, parameters, place)
    )
    besides = (
        _question(action, others, general, place) for action, others in service.besides(operation, parameters, place)
    )
    passing = (
        _question("iam:PassRole", [passed.role], {**general, "iam:PassedToService": passed.to}, place)
        for passed in service.passes(operation, parameters, place)
    )
    return [first, *tagging, *besides, *passing]


def _general(service: Service, place: Place) -> Context:
    return {
        "aws:RequestedRegion": "us-east-1" if service.prefix in GLOBAL_SERVICES else place.region,
        # The sandbox is loopback without TLS: what leaves no machine needs none, and production's endpoints have it. A policy
        # that refuses plain HTTP would refuse every call here, and show nothing of what happens in AWS.
        "aws:SecureTransport": "true",
        "aws:ViaAWSService": "false",
    }


def _tag_context(parameters: Parameters) -> Context:
    keys = tag_keys(dict(parameters))
    context = tag_context(request_tags(dict(parameters)))
    return {**context, "aws:TagKeys": keys} if keys else context


def _named(service: Service, parameters: Parameters, place: Place) -> Iterable[str]:
    for name, parameter in parameters.items():
        for value in values_of(parameter):
            if value.startswith("arn:") and name not in service.apart:
                yield value
            elif name in service.resources:
                yield place.arn(service.prefix, service.resources[name].format(value))


def _question(action: str, arns: Iterable[str], context: Mapping[str, Any], place: Place) -> dict[str, Any]:
    resources = [_resource(arn, place) for arn in dict.fromkeys(arns)]
    return {"action": action, "resources": resources, "context": dict(context)}


def _resource(arn: str, place: Place) -> dict[str, Any]:
    prefix = arn.split(":")[2]
    service = next((each for each in SERVICES.values() if each.prefix == prefix), None)
    known = Known() if service is None else service.known(arn, place)
    keys = [f"aws:ResourceTag/{key}" for key in known.tags]
    own = {f"{prefix}:ResourceTag/{key}": value for key, value in known.tags.items()}
    resource = {"arn": arn, "context": {**dict(zip(keys, known.tags.values(), strict=True)), **own}}
    return resource if known.policy is None else {**resource, "policy": {"name": arn, "document": known.policy}}
