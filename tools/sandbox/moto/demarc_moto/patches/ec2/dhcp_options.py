"""DHCP option sets as EC2 keeps them."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses.dhcp_options import DHCPOptions

from ...patching import wrap


@wrap(DHCPOptions, "create_dhcp_options")
def tag_on_creation(original: Any, response: DHCPOptions) -> ActionResult:
    """moto ignores the tags that CreateDhcpOptions carries; EC2 sets them."""
    answer: ActionResult = original(response)
    answer.result["DhcpOptions"].add_tags(response._parse_tag_specification().get("dhcp-options", {}))
    return answer
