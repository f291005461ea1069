"""Instances as EC2 terminates and watches them."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.instances import Instance
from moto.ec2.responses.monitoring import Monitoring

from ...patching import wrap, wrap_property


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


@wrap(Instance, "prep_nics")
def have_the_groups_of_the_primary_network_interface(
    original: Any, instance: Instance, *args: Any, **kwargs: Any
) -> None:
    """moto tells an instance's security groups only where RunInstances named them beside its network interfaces; an
    instance's groups are those of its primary network interface."""
    original(instance, *args, **kwargs)
    if 0 in instance.nics and not instance.security_groups:
        instance.security_groups = list(instance.nics[0].group_set)


@wrap_property(NetworkInterface, "association")
def associate_no_address_with_nothing(original: Any, interface: NetworkInterface) -> dict[str, Any] | None:
    """moto tells an empty association of a network interface without a public address: Terraform takes that for one."""
    return original(interface) or None


@wrap(Monitoring, "monitor_instances")
def watch_instances_closely(original: Any, request: Monitoring) -> ActionResult:
    """moto has no MonitorInstances, which Terraform calls for each instance that it makes with detailed monitoring."""
    return _monitor(request, "enabled")


@wrap(Monitoring, "unmonitor_instances")
def watch_instances_no_more(original: Any, request: Monitoring) -> ActionResult:
    """moto has no UnmonitorInstances."""
    return _monitor(request, "disabled")


def _monitor(request: Monitoring, state: str) -> ActionResult:
    request.error_on_dryrun()
    instances = request.ec2_backend.get_multi_instances_by_id(request._get_param("InstanceIds", []))
    for instance in instances:
        instance.monitoring_state = state
    return ActionResult({"InstanceMonitorings": [{"InstanceId": i.id, "Monitoring": i.monitoring} for i in instances]})
