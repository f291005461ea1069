"""IAM: an ARN has a path that calls leave out."""

from collections.abc import Iterable
from typing import Any

from moto.iam.models import iam_backends

from ..parameters import pairs, request_tags, tag_context
from ..service import Context, Known, Parameters, Passed, Place, Service


def _backend(place: Place) -> Any:
    return iam_backends[place.account]["aws"]


def _role(name: str | None, place: Place) -> Any:
    return next((role for role in list(_backend(place).roles.values()) if name and role.name == name), None)


def _find(operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    path = parameters.get("Path") or "/"
    if name := parameters.get("RoleName"):
        role = None if operation == "CreateRole" else _role(name, place)
        yield role.arn if role else place.iam(f"role{path}{name}")
    if name := parameters.get("PolicyName"):
        yield place.iam(f"policy{path}{name}")
    if name := parameters.get("InstanceProfileName"):
        profile = next((each for each in _backend(place).instance_profiles.values() if each.name == name), None)
        yield profile.arn if profile else place.iam(f"instance-profile{path}{name}")
    if name := parameters.get("UserName"):
        user = _backend(place).users.get(name)
        yield user.arn if user else place.iam(f"user{path}{name}")
    if name := parameters.get("GroupName"):
        yield place.iam(f"group{path}{name}")
    if url := parameters.get("Url"):
        yield place.iam(f"oidc-provider/{url.removeprefix('https://')}")
    if service := parameters.get("AWSServiceName"):
        yield place.iam(f"role/aws-service-role/{service}/new")


def _known(arn: str, place: Place) -> Known:
    role = next((role for role in list(_backend(place).roles.values()) if role.arn == arn), None)
    return Known(pairs(role.tags)) if role else Known()


def _context(operation: str, parameters: Parameters, place: Place) -> Context:
    context: Context = {}
    role = None if operation == "CreateRole" else _role(parameters.get("RoleName"), place)
    boundary = parameters.get("PermissionsBoundary") or (role.permissions_boundary_arn if role else None)
    if boundary:
        context["iam:PermissionsBoundary"] = boundary
    if policy := parameters.get("PolicyArn"):
        context["iam:PolicyARN"] = policy
    if service := parameters.get("AWSServiceName"):
        context["iam:AWSServiceName"] = service
    return context


def _passes(operation: str, parameters: Parameters, place: Place) -> Iterable[Passed]:
    role = _role(parameters.get("RoleName"), place) if operation == "AddRoleToInstanceProfile" else None
    if role:
        yield Passed(role.arn, "ec2.amazonaws.com")


def _tagging(operation: str, parameters: Parameters, place: Place) -> Iterable[tuple[str, list[str], Context]]:
    kinds = {"CreateRole": "Role", "CreatePolicy": "Policy", "CreateOpenIDConnectProvider": "OpenIDConnectProvider"}
    context = tag_context(request_tags(dict(parameters)))
    if context and operation in kinds:
        yield f"iam:Tag{kinds[operation]}", list(_find(operation, parameters, place)), context


IAM = Service("iam", find=_find, known=_known, context=_context, passes=_passes, tagging=_tagging)

STS = Service("sts", unasked=frozenset({"GetCallerIdentity"}))
"""Everybody may ask who he is: AWS takes no policy for it."""
