"""Group metrics as Auto Scaling collects them."""

from typing import Any

from moto.autoscaling.models import FakeAutoScalingGroup
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult

from ..patching import add, wrap


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
