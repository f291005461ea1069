"""Auto Scaling: the ARN of a group has an id that no call names."""

from collections.abc import Iterable
from typing import Any

from moto.autoscaling.models import autoscaling_backends

from ..service import Context, Known, Parameters, Passed, Place, Service


def _groups(place: Place) -> dict[str, Any]:
    groups: dict[str, Any] = autoscaling_backends[place.account][place.region].autoscaling_groups
    return groups


def _find(operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    names = {parameters.get("AutoScalingGroupName")} | {tag.get("ResourceId") for tag in parameters.get("Tags") or []}
    instance = parameters.get("InstanceId")
    for name, group in list(_groups(place).items()):
        if name in names or any(instance == state.instance.id for state in group.instance_states):
            yield group.arn
    if operation == "CreateAutoScalingGroup":
        name = parameters["AutoScalingGroupName"]
        yield place.arn("autoscaling", f"autoScalingGroup:new:autoScalingGroupName/{name}")
    if name := parameters.get("LaunchConfigurationName"):
        yield place.arn("autoscaling", f"launchConfiguration:new:launchConfigurationName/{name}")


def _known(arn: str, place: Place) -> Known:
    group = _groups(place).get(arn.rpartition("/")[2])
    tags = (group.tags or []) if group else []
    return Known({tag["Key"]: tag.get("Value", "") for tag in tags if "Key" in tag})


def _context(_operation: str, parameters: Parameters, _place: Place) -> Context:
    sizes = {"MinSize": "autoscaling:MinSize", "MaxSize": "autoscaling:MaxSize"}
    return {key: str(parameters[name]) for name, key in sizes.items() if name in parameters}


def _passes(_operation: str, parameters: Parameters, _place: Place) -> Iterable[Passed]:
    if role := parameters.get("ServiceLinkedRoleARN"):
        yield Passed(role, "autoscaling.amazonaws.com")


AUTOSCALING = Service("autoscaling", find=_find, known=_known, context=_context, passes=_passes)
