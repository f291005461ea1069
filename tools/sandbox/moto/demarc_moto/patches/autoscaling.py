"""Groups as Auto Scaling starts their instances and collects their metrics."""

from typing import Any

from moto.autoscaling.models import FakeAutoScalingGroup
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult

from ..patching import add, wrap, wrap_property


@wrap(FakeAutoScalingGroup, "enable_metrics_collection")
def enable_further_metrics(original: Any, group: FakeAutoScalingGroup, metrics: list[str] | None) -> None:
    """moto forgets the metrics that were enabled before; Auto Scaling adds the named ones to them."""
    original(group, group.metrics + [metric for metric in metrics or [] if metric not in group.metrics])


@add(AutoScalingResponse, "disable_metrics_collection")
def disable_metrics_collection(response: AutoScalingResponse) -> ActionResult:
    """moto has no DisableMetricsCollection; Auto Scaling stops the named metrics, or all when none is named."""
    name, metrics = response._get_param("AutoScalingGroupName"), response._get_param("Metrics", [])
    group = response.autoscaling_backend.describe_auto_scaling_groups([name])[0]
    group.metrics = [metric for metric in group.metrics if metrics and metric not in metrics]
    return EmptyResult()


@wrap(FakeAutoScalingGroup, "replace_autoscaling_group_instances")
def spread_instances_over_subnets(
    original: Any, group: FakeAutoScalingGroup, count_needed: int, propagated_tags: dict[str, str]
) -> None:
    """moto starts all instances in the group's first subnet; Auto Scaling keeps the numbers in its subnets equal."""
    subnets = group.vpc_zone_identifier
    if not subnets:
        original(group, count_needed, propagated_tags)
        return
    try:
        for _ in range(count_needed):
            used = [state.instance.subnet_id for state in group.instance_states]
            group.vpc_zone_identifier = ",".join(sorted(subnets.split(","), key=used.count))
            original(group, 1, propagated_tags)
    finally:
        group.vpc_zone_identifier = subnets


@wrap_property(FakeAutoScalingGroup, "instance_type")
def take_the_first_overriding_instance_type(original: Any, group: FakeAutoScalingGroup) -> str:
    """moto looks into the launch template alone; a mixed instances policy's own types go before it."""
    overrides = (group.mixed_instances_policy or {}).get("LaunchTemplate", {}).get("Overrides") or []
    types = [override["InstanceType"] for override in overrides if "InstanceType" in override]
    return types[0] if types else original(group)
