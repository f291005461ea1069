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
