"""VPC endpoints as EC2 keeps and changes them."""

import json
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.vpcs import VPCBackend, VPCEndPoint
from moto.ec2.responses.vpcs import VPCs
from moto.ec2.utils import random_private_ip

from ...patching import wrap

INTERFACE_DEFAULTS = {"ip_address_type": "ipv4", "dns_options": {"DnsRecordIpType": "ipv4"}}
"""What EC2 takes for an interface endpoint in IPv4 subnets.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html"""


@wrap(VPCs, "create_vpc_endpoint")
def keep_address_type_and_dns_options(original: Any, response: VPCs) -> ActionResult:
    """moto forgets IpAddressType and DnsOptions, so that Terraform plans to set them again; EC2 keeps them."""
    answer: ActionResult = original(response)
    endpoint = answer.result["VpcEndpoint"]
    if _is_interface(endpoint):
        for name, default in INTERFACE_DEFAULTS.items():
            setattr(endpoint, name, default)
    _set_options(endpoint, response)
    return answer


@wrap(VPCs, "modify_vpc_endpoint")
def change_dns_address_type_and_policy(original: Any, response: VPCs) -> ActionResult:
    """moto ignores IpAddressType, DnsOptions, PrivateDnsEnabled and ResetPolicy in ModifyVpcEndpoint."""
    answer: ActionResult = original(response)
    endpoint = response.ec2_backend.describe_vpc_endpoints([response._get_param("VpcEndpointId")])[0]
    _set_options(endpoint, response)
    private_dns = response._get_bool_param("PrivateDnsEnabled")
    if private_dns is not None:
        endpoint.private_dns_enabled = private_dns
    if response._get_bool_param("ResetPolicy"):
        endpoint.policy_document = json.dumps(VPCEndPoint.DEFAULT_POLICY)
    return answer


@wrap(VPCBackend, "modify_vpc_endpoint")
def move_routes_and_network_interfaces(original: Any, backend: Any, vpc_id: str, *args: Any, **kwargs: Any) -> None:
    """moto changes an endpoint's lists of route tables and subnets only.

    EC2 adds and removes the routes and the network interfaces with them; moto answers 400 when such an endpoint is
    deleted later, because it looks for a route that it never made.
    """
    endpoint = backend.describe_vpc_endpoints([vpc_id])[0]
    route_tables, subnets = set(endpoint.route_table_ids), set(endpoint.subnet_ids or [])
    original(backend, vpc_id, *args, **kwargs)

    if prefix_list := endpoint.destination_prefix_list_id:
        for added in set(endpoint.route_table_ids) - route_tables:
            backend.create_route(added, None, gateway_id=endpoint.id, destination_prefix_list_id=prefix_list)
        for removed in route_tables - set(endpoint.route_table_ids):
            backend.delete_route(removed, None, destination_prefix_list_id=prefix_list)
    if _is_interface(endpoint):
        for eni in [backend.enis[eni_id] for eni_id in endpoint.network_interface_ids]:
            if eni.subnet.id not in endpoint.subnet_ids:
                endpoint.network_interface_ids.remove(eni.id)
                backend.delete_network_interface(eni.id)
        for added in [subnet_id for subnet_id in endpoint.subnet_ids if subnet_id not in subnets]:
            eni = backend.create_network_interface(added, random_private_ip())
            endpoint.network_interface_ids.append(eni.id)


def _is_interface(endpoint: VPCEndPoint) -> bool:
    return (endpoint.vpc_endpoint_type or "").lower() == "interface"


def _set_options(endpoint: VPCEndPoint, response: VPCs) -> None:
    address_type, dns_options = response._get_param("IpAddressType"), response._get_param("DnsOptions")
    if address_type:
        endpoint.ip_address_type = address_type
    if dns_options:
        endpoint.dns_options = {**(getattr(endpoint, "dns_options", None) or {}), **dns_options}
