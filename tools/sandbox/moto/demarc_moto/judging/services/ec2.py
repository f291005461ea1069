"""EC2: an id says by its prefix what it is of."""

import re
from collections.abc import Iterable
from typing import Any

from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends

from ..parameters import request_tags, tag_context, values_of
from ..service import Context, Known, Parameters, Passed, Place, Service

PREFIXES = {
    "acl": "network-acl",
    "ami": "image",
    "dopt": "dhcp-options",
    "eigw": "egress-only-internet-gateway",
    "eipalloc": "elastic-ip",
    "eni": "network-interface",
    "fl": "vpc-flow-log",
    "i": "instance",
    "igw": "internet-gateway",
    "lt": "launch-template",
    "nat": "natgateway",
    "pl": "prefix-list",
    "rtb": "route-table",
    "sg": "security-group",
    "sgr": "security-group-rule",
    "snap": "snapshot",
    "subnet": "subnet",
    "vol": "volume",
    "vpc": "vpc",
    "vpce": "vpc-endpoint",
}

_ID = re.compile(r"([a-z]+)-[0-9a-f]{8,17}")

MAKES = {
    "AllocateAddress": "elastic-ip",
    "CreateDhcpOptions": "dhcp-options",
    "CreateFlowLogs": "vpc-flow-log",
    "CreateInternetGateway": "internet-gateway",
    "CreateLaunchTemplate": "launch-template",
    "CreateManagedPrefixList": "prefix-list",
    "CreateNatGateway": "natgateway",
    "CreateNetworkInterface": "network-interface",
    "CreateRouteTable": "route-table",
    "CreateSecurityGroup": "security-group",
    "CreateSnapshot": "snapshot",
    "CreateSubnet": "subnet",
    "CreateVolume": "volume",
    "CreateVpc": "vpc",
    "CreateVpcEndpoint": "vpc-endpoint",
}


def _arn(identifier: str, place: Place) -> str | None:
    found = _ID.fullmatch(identifier)
    kind = PREFIXES.get(found[1]) if found else None
    if kind is None:
        return None
    # AWS's images and snapshots are no account's.
    account = "" if kind in ("image", "snapshot") else place.account
    return f"arn:aws:ec2:{place.region}:{account}:{kind}/{identifier}"


def _find(operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    for parameter in parameters.values():
        for value in values_of(parameter):
            if arn := _arn(value, place):
                yield arn
    for identifier in (*_associated(parameters, place), *_of_interfaces(parameters)):
        if arn := _arn(identifier, place):
            yield arn
    if name := parameters.get("LaunchTemplateName"):
        template = ec2_backends[place.account][place.region].launch_template_name_to_ids.get(name)
        yield place.arn("ec2", f"launch-template/{template or 'new'}")
    if name := parameters.get("KeyName"):
        yield place.arn("ec2", f"key-pair/{name}")
    if operation == "RunInstances":
        yield from (place.arn("ec2", f"{kind}/new") for kind in ("network-interface", "volume"))
    if made := MAKES.get(operation):
        yield place.arn("ec2", f"{made}/new")


def _associated(parameters: Parameters, place: Place) -> Iterable[str]:
    """What an association is of: IAM knows no associations."""
    association = parameters.get("AssociationId")
    if not association:
        return
    backend: Any = ec2_backends[place.account][place.region]
    for table in backend.route_tables.values():
        for each in table.associations:
            if each["RouteTableAssociationId"] == association:
                yield table.id
                yield each.get("SubnetId") or each.get("GatewayId", "")
    for address in backend.addresses:
        if address.association_id == association:
            yield address.allocation_id


def _of_interfaces(parameters: Parameters) -> Iterable[str]:
    """Subnets and security groups that an instance has by its network interfaces."""
    for interface in parameters.get("NetworkInterfaces") or []:
        if isinstance(interface, dict):
            yield from values_of(interface.get("SubnetId") or [])
            yield from values_of(interface.get("Groups") or [])


def _known(arn: str, place: Place) -> Known:
    identifier = arn.rpartition("/")[2]
    tags = ec2_backends[place.account][place.region].tags
    # A look must not make an entry, as it would in this dictionary.
    return Known(dict(tags[identifier])) if identifier in tags else Known()


def _tagging(operation: str, parameters: Parameters, place: Place) -> Iterable[tuple[str, list[str], Context]]:
    for specification in parameters.get("TagSpecifications") or []:
        if context := tag_context(request_tags(specification)):
            kind = specification["ResourceType"]
            yield "ec2:CreateTags", [place.arn("ec2", f"{kind}/new")], {**context, "ec2:CreateAction": operation}


def _passes(_operation: str, parameters: Parameters, place: Place) -> Iterable[Passed]:
    if role := parameters.get("DeliverLogsPermissionArn"):
        yield Passed(role, "vpc-flow-logs.amazonaws.com")
    profile = (parameters.get("IamInstanceProfile") or {}).get("Name")
    for found in iam_backends[place.account]["aws"].instance_profiles.values():
        if profile and profile == found.name:
            yield from (Passed(role.arn, "ec2.amazonaws.com") for role in found.roles)


EC2 = Service("ec2", find=_find, known=_known, tagging=_tagging, passes=_passes)
