"""Instances as EC2 terminates them."""

from typing import Any

from moto.ec2.models.instances import Instance

from ...patching import wrap


@wrap(Instance, "prep_nics")
def delete_the_primary_network_interface_on_termination(
    original: Any, instance: Instance, nic_spec: list[dict[str, Any]], *args: Any, **kwargs: Any
) -> None:
    """moto leaves a terminated instance's network interface behind; EC2 deletes the one that it made with the
    instance, unless it was told not to."""
    primary = next((nic for nic in nic_spec if int(nic["DeviceIndex"]) == 0), {})
    is_told = "NetworkInterfaceId" in primary or primary.get("DeleteOnTermination") is not None
    original(instance, nic_spec, *args, **kwargs)
    if 0 in instance.nics and not is_told:
        instance.nics[0].delete_on_termination = True
