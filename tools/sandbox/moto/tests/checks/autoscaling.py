from typing import Any

from .check import ClientFactory, check


@check("enable_further_metrics")
def enabling_a_metric_leaves_the_others(aws: ClientFactory) -> None:
    autoscaling = _group(aws, "further")
    for metric in ("GroupMinSize", "GroupMaxSize"):
        autoscaling.enable_metrics_collection(AutoScalingGroupName="further", Granularity="1Minute", Metrics=[metric])
    assert _metrics(autoscaling, "further") == {"GroupMinSize", "GroupMaxSize"}


@check("disable_metrics_collection")
def metrics_can_be_disabled(aws: ClientFactory) -> None:
    autoscaling, metrics = _group(aws, "fewer"), ["GroupMinSize", "GroupMaxSize"]
    autoscaling.enable_metrics_collection(AutoScalingGroupName="fewer", Granularity="1Minute", Metrics=metrics)
    autoscaling.disable_metrics_collection(AutoScalingGroupName="fewer", Metrics=["GroupMinSize"])
    assert _metrics(autoscaling, "fewer") == {"GroupMaxSize"}
    autoscaling.disable_metrics_collection(AutoScalingGroupName="fewer")
    assert _metrics(autoscaling, "fewer") == set()


@check("spread_instances_over_subnets")
def instances_are_spread_over_subnets(aws: ClientFactory) -> None:
    ec2, autoscaling = aws("ec2"), aws("autoscaling")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=f"ap-northeast-1{zone}")
        for index, zone in enumerate("ac")
    ]
    ids = ",".join(subnet["Subnet"]["SubnetId"] for subnet in subnets)
    _mixed_group(aws, "spread", VPCZoneIdentifier=ids)
    autoscaling.set_desired_capacity(AutoScalingGroupName="spread", DesiredCapacity=2)
    autoscaling.set_desired_capacity(AutoScalingGroupName="spread", DesiredCapacity=4)
    group = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=["spread"])["AutoScalingGroups"][0]
    zones = sorted(instance["AvailabilityZone"] for instance in group["Instances"])
    assert zones == ["ap-northeast-1a", "ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1c"]
    assert group["VPCZoneIdentifier"] == ids


@check("take_the_first_overriding_instance_type")
def instances_are_of_the_first_overriding_type(aws: ClientFactory) -> None:
    _mixed_group(aws, "typed", AvailabilityZones=["ap-northeast-1a"])
    aws("autoscaling").set_desired_capacity(AutoScalingGroupName="typed", DesiredCapacity=1)
    instances = aws("autoscaling").describe_auto_scaling_instances()["AutoScalingInstances"]
    types = [each["InstanceType"] for each in instances if each["AutoScalingGroupName"] == "typed"]
    assert types == ["m7i.large"]


def _mixed_group(aws: ClientFactory, name: str, **placement: Any) -> None:
    data = {"MetadataOptions": {"HttpTokens": "required"}}
    template = aws("ec2").create_launch_template(LaunchTemplateName=name, LaunchTemplateData=data)["LaunchTemplate"]
    specification = {"LaunchTemplateId": template["LaunchTemplateId"], "Version": "1"}
    overrides = [{"InstanceType": "m7i.large"}, {"InstanceType": "m6i.large"}]
    aws("autoscaling").create_auto_scaling_group(
        AutoScalingGroupName=name,
        MinSize=0,
        MaxSize=4,
        DesiredCapacity=0,
        MixedInstancesPolicy={
            "LaunchTemplate": {"LaunchTemplateSpecification": specification, "Overrides": overrides}
        },
        **placement,
    )


def _group(aws: ClientFactory, name: str):
    ec2, autoscaling = aws("ec2"), aws("autoscaling")
    data = {"ImageId": "ami-12345678", "InstanceType": "m6i.large"}
    template = ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData=data)["LaunchTemplate"]
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName=name,
        MinSize=0,
        MaxSize=1,
        AvailabilityZones=["ap-northeast-1a"],
        LaunchTemplate={"LaunchTemplateId": template["LaunchTemplateId"], "Version": "1"},
    )
    return autoscaling


def _metrics(autoscaling, name: str) -> set[str]:
    group = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"][0]
    return {metric["Metric"] for metric in group["EnabledMetrics"]}
