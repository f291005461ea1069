"""What EC2 keeps and moto forgets."""

from . import (
    dhcp_options,
    images,
    instances,
    launch_templates,
    nat_gateways,
    root_volumes,
    security_groups,
    vpc_endpoints,
)

__all__ = [
    "dhcp_options",
    "images",
    "instances",
    "launch_templates",
    "nat_gateways",
    "root_volumes",
    "security_groups",
    "vpc_endpoints",
]
