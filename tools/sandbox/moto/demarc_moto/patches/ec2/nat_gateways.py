"""NAT gateways as EC2 deletes them."""

from typing import Any

from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend

from ...patching import wrap


@wrap(NatGatewayBackend, "delete_nat_gateway")
def delete_the_network_interface_too(original: Any, backend: Any, nat_gateway_id: str) -> NatGateway:
    """moto leaves the gateway's network interface behind; EC2 deletes it with the gateway."""
    gateway: NatGateway = original(backend, nat_gateway_id)
    backend.enis.pop(gateway._eni.id, None)
    return gateway
