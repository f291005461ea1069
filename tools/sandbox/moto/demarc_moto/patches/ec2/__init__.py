"""What EC2 keeps and moto forgets."""

from . import dhcp_options, instances, launch_templates, nat_gateways, security_groups, vpc_endpoints

__all__ = ["dhcp_options", "instances", "launch_templates", "nat_gateways", "security_groups", "vpc_endpoints"]
