import json
import re
from typing import Any

import pytest
from botocore.exceptions import ClientError

from .check import ClientFactory, check, code_of


@check("name_the_host_by_kind_and_scheme")
def host_names_tell_the_kind_and_the_scheme(aws: ClientFactory) -> None:
    hosts = {
        name: load_balancer(aws, name, Type=kind, Scheme=scheme)["DNSName"]
        for name, kind, scheme in (
            ("open", "application", "internet-facing"),
            ("inside", "application", "internal"),
            ("net", "network", "internal"),
        )
    }
    assert re.fullmatch(r"open-\d+\.ap-northeast-1\.elb\.amazonaws\.com", hosts["open"])
    assert re.fullmatch(r"internal-inside-\d+\.ap-northeast-1\.elb\.amazonaws\.com", hosts["inside"])
    assert re.fullmatch(r"net-[0-9a-f]{16}\.elb\.ap-northeast-1\.amazonaws\.com", hosts["net"])


@check("tell_the_kind_in_the_arn")
def an_arn_tells_the_kind(aws: ClientFactory) -> None:
    tags = [{"Key": "team", "Value": "pets"}]
    balancer = load_balancer(aws, "kind", Type="network", Tags=tags)["LoadBalancerArn"]
    assert ":loadbalancer/net/kind/" in balancer
    assert aws("elbv2").describe_tags(ResourceArns=[balancer])["TagDescriptions"][0]["Tags"] == tags
    listener = aws("elbv2").create_listener(
        LoadBalancerArn=balancer,
        Protocol="TCP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": _target_group(aws)}],
    )["Listeners"][0]["ListenerArn"]
    assert ":listener/net/kind/" in listener
    aws("elbv2").delete_load_balancer(LoadBalancerArn=balancer)


def _target_group(aws: ClientFactory) -> str:
    vpc = aws("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    group = aws("elbv2").create_target_group(Name="kind", Protocol="TCP", Port=80, VpcId=vpc)
    return str(group["TargetGroups"][0]["TargetGroupArn"])


@check("keep_a_certificate_in_use", "tell_who_uses_it_now")
def a_certificate_in_use_is_kept(aws: ClientFactory) -> None:
    acm, elb = aws("acm"), aws("elbv2")
    certificate = acm.request_certificate(DomainName="in-use.example.com")["CertificateArn"]
    balancer = load_balancer(aws, "certified")["LoadBalancerArn"]
    elb.create_listener(
        LoadBalancerArn=balancer,
        Protocol="HTTPS",
        Port=443,
        Certificates=[{"CertificateArn": certificate}],
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
    )
    assert _users(acm, certificate) == [balancer]
    with pytest.raises(ClientError, match="ResourceInUseException"):
        acm.delete_certificate(CertificateArn=certificate)
    elb.delete_load_balancer(LoadBalancerArn=balancer)
    assert _users(acm, certificate) == []
    acm.delete_certificate(CertificateArn=certificate)


@check("keep_a_protected_load_balancer")
def a_protected_load_balancer_is_kept(aws: ClientFactory) -> None:
    elb = aws("elbv2")
    arn = load_balancer(aws, "kept")["LoadBalancerArn"]
    _set(elb, arn, "deletion_protection.enabled", "true")
    assert code_of(lambda: elb.delete_load_balancer(LoadBalancerArn=arn)) == "OperationNotPermitted"
    _set(elb, arn, "deletion_protection.enabled", "false")
    elb.delete_load_balancer(LoadBalancerArn=arn)


@check("hold_private_link_to_inbound_rules", "let_private_link_past_inbound_rules")
def private_link_passes_inbound_rules_where_somebody_says_so(aws: ClientFactory) -> None:
    elb = aws("elbv2")
    vpc = aws("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    groups = [aws("ec2").create_security_group(GroupName="net", Description="net", VpcId=vpc)["GroupId"]]
    enforced = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"

    def told(arn: str) -> Any:
        return elb.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0].get(enforced)

    arn = load_balancer(aws, "linked", Type="network", SecurityGroups=groups)["LoadBalancerArn"]
    assert told(arn) == "on"
    elb.set_security_groups(LoadBalancerArn=arn, SecurityGroups=groups, **{enforced: "off"})
    assert told(arn) == "off"
    elb.set_security_groups(LoadBalancerArn=arn, SecurityGroups=groups)
    assert told(arn) == "off"
    bare = load_balancer(aws, "bare", Type="network")["LoadBalancerArn"]
    assert told(bare) is None
    assert code_of(lambda: elb.set_security_groups(LoadBalancerArn=bare, SecurityGroups=groups)) == "InvalidConfigurationRequest"


@check("log_to_buckets_that_let_it")
def access_logs_go_to_a_bucket_that_lets_them(aws: ClientFactory) -> None:
    elb, s3 = aws("elbv2"), aws("s3")
    arn = load_balancer(aws, "access-logged")["LoadBalancerArn"]
    s3.create_bucket(Bucket="access-logs", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
    enabled = [("access_logs.s3.enabled", "true"), ("access_logs.s3.bucket", "access-logs")]
    attributes = [{"Key": key, "Value": value} for key, value in enabled]
    log = lambda: elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=attributes)
    assert code_of(log) == "InvalidConfigurationRequest"
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::access-logs/AWSLogs/123456789012/*",
    }
    s3.put_bucket_policy(Bucket="access-logs", Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    assert code_of(log) is None


def _set(elb: Any, arn: str, key: str, value: str) -> None:
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[{"Key": key, "Value": value}])


def _users(acm: Any, certificate: str) -> list[str]:
    return list(acm.describe_certificate(CertificateArn=certificate)["Certificate"]["InUseBy"])


def load_balancer(aws: ClientFactory, name: str, **options: Any) -> Any:
    ec2 = aws("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=f"{ec2.meta.region_name}{zone}")
        for index, zone in enumerate("ac")
    ]
    ids = [subnet["Subnet"]["SubnetId"] for subnet in subnets]
    return aws("elbv2").create_load_balancer(Name=name, Subnets=ids, **options)["LoadBalancers"][0]
