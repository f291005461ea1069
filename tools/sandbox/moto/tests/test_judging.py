"""Calls of roles are judged before they are served: what is asked of the judge, and how its refusals reach the caller."""

import contextlib
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

from .conftest import ONE_TRY
from .judge import Judge

REGION = "eu-central-1"
ACCOUNT = "123456789012"


def policy(action: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})


TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})


@pytest.fixture(scope="module")
def acting(judged_url: str, administrator: Callable[[str], Any]) -> Callable[[str], Any]:
    """Clients of a session of a role that has policies of every kind, tags, and a boundary."""
    iam = administrator("iam")
    boundary = iam.create_policy(PolicyName="bounds", PolicyDocument=policy("s3:*"))["Policy"]["Arn"]
    role = iam.create_role(
        Path="/app/",
        RoleName="ada",
        AssumeRolePolicyDocument=TRUST,
        PermissionsBoundary=boundary,
        Tags=[{"Key": "team", "Value": "shop"}, {"Key": "app", "Value": "web"}],
    )["Role"]["Arn"]
    iam.put_role_policy(RoleName="ada", PolicyName="own", PolicyDocument=policy("sqs:*"))
    iam.attach_role_policy(RoleName="ada", PolicyArn="arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess")
    given = administrator("sts").assume_role(
        RoleArn=role, RoleSessionName="pod", Policy=policy("sqs:Send*"), Tags=[{"Key": "app", "Value": "shop"}]
    )["Credentials"]
    session = boto3.Session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], REGION)
    return lambda service: session.client(service, endpoint_url=judged_url, config=ONE_TRY)


def test_who_calls_is_told_with_all_that_iam_knows(judge: Judge, acting: Callable[[str], Any]) -> None:
    acting("sqs").list_queues()
    [call] = judge.calls
    identity = call["identity"]
    assert (identity["role"], identity["session"]) == (f"arn:aws:iam::{ACCOUNT}:role/app/ada", "pod")
    assert identity["tags"] == {"team": "shop", "app": "shop"}
    assert [each["name"] for each in identity["policies"]] == [
        "own",
        "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess",
    ]
    assert json.loads(identity["policies"][0]["document"]) == json.loads(policy("sqs:*"))
    assert identity["boundary"] == {"name": f"arn:aws:iam::{ACCOUNT}:policy/bounds", "document": policy("s3:*")}
    assert identity["sessionPolicy"]["document"] == policy("sqs:Send*")
    assert (call["service"], call["operation"], call["region"]) == ("sqs", "ListQueues", REGION)


def test_calls_of_nobodys_role_are_counted_only(
    judge: Judge, judged_url: str, administrator: Callable[[str], Any], acting: Callable[[str], Any]
) -> None:
    def counts() -> dict[str, float]:
        with urllib.request.urlopen(f"{judged_url}/_sandbox/calls") as answer:
            taken: dict[str, float] = json.load(answer)
            return taken

    before = counts()
    administrator("sqs").list_queues()
    assert judge.calls == []
    acting("sqs").list_queues()
    after = counts()
    assert (after["others"], after["judged"]) == (before["others"] + 1, before["judged"] + 1)
    assert after["seconds"] > before["seconds"]


def test_a_call_that_names_no_operation_is_told_with_the_reason(judge: Judge, acting: Callable[[str], Any]) -> None:
    iam = acting("iam")
    iam.meta.events.register("before-sign.iam", lambda request, **_: request.data.pop("Action"))
    with pytest.raises(ResponseParserError):
        iam.list_users()
    [call] = judge.calls
    assert (call["operation"], call["questions"]) == ("unknown", [])
    assert call["fault"] == "moto finds no operation in it"


def test_calls_of_a_service_of_aws_are_counted_under_its_name(judge: Judge, judged_url: str) -> None:
    def counts() -> tuple[int, int]:
        with urllib.request.urlopen(f"{judged_url}/_sandbox/calls") as answer:
            taken = json.load(answer)
            return taken["others"], taken["services"].get("eks.amazonaws.com", 0)

    others, services = counts()
    eks = boto3.Session("eks.amazonaws.com", "eks.amazonaws.com", region_name=REGION)
    eks.client("ec2", endpoint_url=judged_url, config=ONE_TRY).describe_vpcs()
    assert judge.calls == []
    assert counts() == (others, services + 1)


REFUSED = [
    # service, what it calls, action, code, HTTP status
    ("iam", "list_users", "iam:ListUsers", "AccessDenied", 403),
    ("elbv2", "describe_load_balancers", "elasticloadbalancing:DescribeLoadBalancers", "AccessDenied", 403),
    ("ec2", "describe_vpcs", "ec2:DescribeVpcs", "UnauthorizedOperation", 403),
    ("kms", "list_keys", "kms:ListKeys", "AccessDeniedException", 400),
    ("logs", "describe_log_groups", "logs:DescribeLogGroups", "AccessDeniedException", 400),
    ("secretsmanager", "list_secrets", "secretsmanager:ListSecrets", "AccessDeniedException", 400),
    ("route53", "list_hosted_zones", "route53:ListHostedZones", "AccessDenied", 403),
    ("sqs", "list_queues", "sqs:ListQueues", "AccessDenied", 403),
    ("s3", "list_buckets", "s3:ListAllMyBuckets", "AccessDenied", 403),
    ("autoscaling", "describe_auto_scaling_groups", "autoscaling:DescribeAutoScalingGroups", "AccessDenied", 403),
    ("rds", "describe_db_instances", "rds:DescribeDBInstances", "AccessDenied", 403),
    ("apigateway", "get_rest_apis", "apigateway:GET", "AccessDeniedException", 403),
    ("apigateway", "get_account", "apigateway:GET", "AccessDeniedException", 403),
]


@pytest.mark.parametrize(("service", "call", "action", "code", "status"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_refusal_is_what_awss_sdks_read(
    judge: Judge, acting: Callable[[str], Any], service: str, call: str, action: str, code: str, status: int
) -> None:
    getattr(acting(service), call)()
    judge.refuses.add(action)
    with pytest.raises(ClientError) as refused:
        getattr(acting(service), call)()
    error = refused.value.response["Error"]
    assert error["Code"] == code
    assert error["Message"].endswith("User: <ada> is not authorized to perform: it")
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


def test_a_refused_call_is_not_served(judge: Judge, acting: Callable[[str], Any]) -> None:
    judge.refuses.update({"sqs:CreateQueue", "s3:CreateBucket", "ec2:CreateTags"})
    with pytest.raises(ClientError):
        acting("sqs").create_queue(QueueName="refused")
    with pytest.raises(ClientError):
        acting("s3").create_bucket(Bucket="refused", CreateBucketConfiguration={"LocationConstraint": REGION})
    tags = [{"ResourceType": "vpc", "Tags": [{"Key": "a", "Value": "b"}]}]
    with pytest.raises(ClientError):
        acting("ec2").create_vpc(CidrBlock="10.9.0.0/16", TagSpecifications=tags)
    assert acting("sqs").list_queues(QueueNamePrefix="refused").get("QueueUrls", []) == []
    assert acting("s3").list_buckets()["Buckets"] == []
    assert [vpc for vpc in acting("ec2").describe_vpcs()["Vpcs"] if vpc["CidrBlock"] == "10.9.0.0/16"] == []


def arns(question: dict[str, Any]) -> list[str]:
    return [resource["arn"] for resource in question["resources"]]


def arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def test_the_security_group_of_a_load_balancer(judge: Judge, acting: Callable[[str], Any]) -> None:
    ec2 = acting("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "team", "Value": "infra"}])
    tags = [{"ResourceType": "security-group", "Tags": [{"Key": "elbv2.k8s.aws/cluster", "Value": "a"}]}]
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc, TagSpecifications=tags)["GroupId"]
    made, tagged = judge.asked()
    assert arns(made) == [arn("ec2", f"vpc/{vpc}"), arn("ec2", "security-group/new")]
    assert made["resources"][0]["context"]["aws:ResourceTag/team"] == "infra"
    assert made["context"]["aws:RequestTag/elbv2.k8s.aws/cluster"] == "a"
    assert made["context"]["aws:TagKeys"] == ["elbv2.k8s.aws/cluster"]
    assert made["context"]["aws:RequestedRegion"] == REGION
    assert (tagged["action"], arns(tagged)) == ("ec2:CreateTags", [arn("ec2", "security-group/new")])
    assert tagged["context"]["ec2:CreateAction"] == "CreateSecurityGroup"
    rule = {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    [authorized] = judge.asked()
    assert arns(authorized) == [arn("ec2", f"security-group/{group}")]
    assert authorized["resources"][0]["context"]["aws:ResourceTag/elbv2.k8s.aws/cluster"] == "a"


def test_a_target_group_and_what_is_registered_in_it(judge: Judge, acting: Callable[[str], Any]) -> None:
    vpc = acting("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    elb = acting("elbv2")
    tags = [{"Key": "cluster", "Value": "a"}]
    group = elb.create_target_group(Name="tg", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip", Tags=tags)
    target_group = group["TargetGroups"][0]["TargetGroupArn"]
    made, tagged = judge.asked()
    assert (made["action"], arns(made)) == ("elasticloadbalancing:CreateTargetGroup", [arns(tagged)[0]])
    assert arns(tagged) == [arn("elasticloadbalancing", "targetgroup/tg/new")]
    assert tagged["context"]["elasticloadbalancing:CreateAction"] == "CreateTargetGroup"
    elb.register_targets(TargetGroupArn=target_group, Targets=[{"Id": "10.0.0.1", "Port": 80}])
    [registered] = judge.asked()
    assert arns(registered) == [target_group]
    assert registered["resources"][0]["context"]["aws:ResourceTag/cluster"] == "a"


def test_records_of_a_zone(judge: Judge, acting: Callable[[str], Any]) -> None:
    route53 = acting("route53")
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]
    record = {"Name": "Web.example.com.", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
    route53.change_resource_record_sets(
        HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    )
    [changed] = judge.asked()
    assert arns(changed) == [f"arn:aws:route53:::hostedzone/{zone.rpartition('/')[2]}"]
    assert changed["context"] | {
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["web.example.com"],
        "route53:ChangeResourceRecordSetsRecordTypes": ["A"],
        "route53:ChangeResourceRecordSetsActions": ["CREATE"],
        "aws:RequestedRegion": "us-east-1",
    } == changed["context"]


@pytest.mark.parametrize(
    ("operation", "parameters", "resource"),
    [
        ("get_hosted_zone", {"Id": "CZONE"}, "hostedzone/CZONE"),
        ("delete_hosted_zone", {"Id": "CZONE"}, "hostedzone/CZONE"),
        ("get_change", {"Id": "C2682N5HXP0BZ4"}, "change/C2682N5HXP0BZ4"),
        ("get_change", {"Id": "/change/ZCHANGE"}, "change/ZCHANGE"),
        ("list_tags_for_resource", {"ResourceType": "hostedzone", "ResourceId": "CZONE"}, "hostedzone/CZONE"),
        ("list_tags_for_resource", {"ResourceType": "healthcheck", "ResourceId": "CHECK"}, "healthcheck/CHECK"),
    ],
)
def test_what_route53_acts_on_is_told_by_the_operation_and_not_by_letters_of_an_id(
    judge: Judge, acting: Callable[[str], Any], operation: str, parameters: dict[str, str], resource: str
) -> None:
    with contextlib.suppress(ClientError):
        getattr(acting("route53"), operation)(**parameters)
    [asked] = judge.asked()
    assert arns(asked) == [f"arn:aws:route53:::{resource}"]


def test_an_instance_by_the_network_interface_that_it_is_given(judge: Judge, acting: Callable[[str], Any]) -> None:
    ec2 = acting("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc)["GroupId"]
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    interface = {"DeviceIndex": 0, "SubnetId": subnet, "Groups": [group]}
    ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1, NetworkInterfaces=[interface])
    [launched, *_] = judge.asked()
    assert {arn("ec2", f"subnet/{subnet}"), arn("ec2", f"security-group/{group}")} <= set(arns(launched))


def test_an_association_by_what_it_is_of(judge: Judge, acting: Callable[[str], Any]) -> None:
    ec2 = acting("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    association = ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)["AssociationId"]
    ec2.disassociate_route_table(AssociationId=association)
    assert set(arns(judge.asked()[0])) == {arn("ec2", f"route-table/{table}"), arn("ec2", f"subnet/{subnet}")}

    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    interface = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    association = ec2.associate_address(AllocationId=address, NetworkInterfaceId=interface)["AssociationId"]
    ec2.disassociate_address(AssociationId=association)
    assert arn("ec2", f"elastic-ip/{address}") in arns(judge.asked()[0])


def test_databases_are_looked_at_by_name_or_all_of_them(judge: Judge, acting: Callable[[str], Any]) -> None:
    rds = acting("rds")
    with pytest.raises(ClientError):
        rds.describe_db_instances(DBInstanceIdentifier="prod")
    [named] = judge.asked()
    assert arns(named) == [arn("rds", "db:prod")]
    rds.describe_db_instances(Filters=[{"Name": "dbi-resource-id", "Values": ["db-ABC"]}])
    [all_of_them] = judge.asked()
    assert arns(all_of_them) == [arn("rds", "db:*")]


def test_a_group_is_known_by_its_name_and_by_its_instances(judge: Judge, acting: Callable[[str], Any]) -> None:
    ec2, autoscaling = acting("ec2"), acting("autoscaling")
    image = ec2.describe_images()["Images"][0]["ImageId"]
    autoscaling.create_launch_configuration(LaunchConfigurationName="lc", ImageId=image, InstanceType="t3.micro")
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName="nodes",
        LaunchConfigurationName="lc",
        MinSize=1,
        MaxSize=2,
        AvailabilityZones=[f"{REGION}a"],
        Tags=[{"Key": "owned", "Value": "yes"}],
    )
    group = autoscaling.describe_auto_scaling_groups()["AutoScalingGroups"][0]
    autoscaling.set_desired_capacity(AutoScalingGroupName="nodes", DesiredCapacity=1)
    [resized] = judge.asked()
    assert arns(resized) == [group["AutoScalingGroupARN"]]
    assert resized["resources"][0]["context"]["aws:ResourceTag/owned"] == "yes"
    instance = group["Instances"][0]["InstanceId"]
    autoscaling.terminate_instance_in_auto_scaling_group(InstanceId=instance, ShouldDecrementDesiredCapacity=False)
    assert group["AutoScalingGroupARN"] in arns(judge.asked()[0])


def test_a_queue_a_key_a_secret_and_a_bucket_bring_their_own_policies(
    judge: Judge, acting: Callable[[str], Any]
) -> None:
    sqs, kms, secrets, s3 = (acting(service) for service in ("sqs", "kms", "secretsmanager", "s3"))
    queue = sqs.create_queue(QueueName="orders", tags={"team": "shop"})["QueueUrl"]
    assert [question["action"] for question in judge.asked()] == ["sqs:CreateQueue", "sqs:TagQueue"]
    own = policy("sqs:SendMessage").replace('"Effect"', '"Principal": "*", "Effect"')
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": own})
    sqs.send_message(QueueUrl=queue, MessageBody="m")
    [resource] = judge.asked()[0]["resources"]
    assert resource["arn"] == arn("sqs", "orders")
    assert json.loads(resource["policy"]["document"])["Statement"] == json.loads(own)["Statement"]
    assert resource["context"]["aws:ResourceTag/team"] == "shop"

    key = kms.create_key(Policy=policy("kms:*"))["KeyMetadata"]["Arn"]
    kms.create_alias(AliasName="alias/orders", TargetKeyId=key)
    assert set(arns(judge.asked()[0])) == {key, arn("kms", "alias/orders")}
    kms.encrypt(KeyId="alias/orders", Plaintext=b"p", EncryptionContext={"app": "web"})
    [resource] = judge.asked()[0]["resources"]
    assert (resource["arn"], resource["policy"]["document"]) == (key, policy("kms:*"))
    assert judge.asked()[0]["context"]["kms:EncryptionContext:app"] == "web"
    other = kms.create_key(Policy=policy("kms:*"))["KeyMetadata"]["Arn"]
    kms.update_alias(AliasName="alias/orders", TargetKeyId=other)
    assert set(arns(judge.asked()[0])) == {key, other, arn("kms", "alias/orders")}
    kms.delete_alias(AliasName="alias/orders")
    assert set(arns(judge.asked()[0])) == {other, arn("kms", "alias/orders")}

    secret = secrets.create_secret(Name="password", SecretString="s")["ARN"]
    secrets.put_resource_policy(SecretId="password", ResourcePolicy=policy("secretsmanager:*"))
    secrets.get_secret_value(SecretId="password")
    [resource] = judge.asked()[0]["resources"]
    assert (resource["arn"], resource["policy"]["document"]) == (secret, policy("secretsmanager:*"))

    s3.create_bucket(Bucket="orders", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_policy(Bucket="orders", Policy=policy("s3:*"))
    s3.put_object(Bucket="orders", Key="a/b", Body=b"x", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    [put] = judge.asked()
    assert (put["action"], arns(put)) == ("s3:PutObject", ["arn:aws:s3:::orders/a/b"])
    assert json.loads(put["resources"][0]["policy"]["document"]) == json.loads(policy("s3:*"))
    assert put["context"]["s3:x-amz-server-side-encryption"] == "aws:kms"
    assert put["context"]["s3:x-amz-server-side-encryption-aws-kms-key-id"] == key


def test_the_judge_alone_reads_the_policies_of_buckets(judge: Judge, acting: Callable[[str], Any]) -> None:
    s3 = acting("s3")
    s3.create_bucket(Bucket="judged", CreateBucketConfiguration={"LocationConstraint": REGION})
    other = {"Effect": "Deny", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/other"}}
    statement = {**other, "Action": "s3:*", "Resource": "arn:aws:s3:::judged/*"}
    s3.put_bucket_policy(Bucket="judged", Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    s3.put_object(Bucket="judged", Key="k")
    judge.refuses.add("s3:GetObject")
    with pytest.raises(ClientError, match="not authorized to perform: it"):
        s3.get_object(Bucket="judged", Key="k")


S3_ACTIONS: list[tuple[str, dict[str, Any], str]] = [
    ("head_bucket", {}, "s3:ListBucket"),
    ("list_objects_v2", {"Prefix": "a/"}, "s3:ListBucket"),
    ("list_object_versions", {}, "s3:ListBucketVersions"),
    ("get_bucket_location", {}, "s3:GetBucketLocation"),
    ("get_bucket_versioning", {}, "s3:GetBucketVersioning"),
    ("put_bucket_versioning", {"VersioningConfiguration": {"Status": "Enabled"}}, "s3:PutBucketVersioning"),
    ("delete_bucket_policy", {}, "s3:DeleteBucketPolicy"),
    ("delete_bucket_lifecycle", {}, "s3:PutLifecycleConfiguration"),
    ("delete_public_access_block", {}, "s3:PutBucketPublicAccessBlock"),
    ("put_object", {"Key": "k"}, "s3:PutObject"),
    ("get_object", {"Key": "k"}, "s3:GetObject"),
    ("head_object", {"Key": "k"}, "s3:GetObject"),
    ("get_object_tagging", {"Key": "k"}, "s3:GetObjectTagging"),
    ("delete_object", {"Key": "k"}, "s3:DeleteObject"),
    ("delete_objects", {"Delete": {"Objects": [{"Key": "x/y"}, {"Key": "z"}]}}, "s3:DeleteObject"),
]


@pytest.mark.parametrize(("call", "parameters", "action"), S3_ACTIONS, ids=[row[0] for row in S3_ACTIONS])
def test_s3s_actions_have_names_of_their_own(
    judge: Judge, acting: Callable[[str], Any], call: str, parameters: dict[str, Any], action: str
) -> None:
    s3 = acting("s3")
    bucket = f"actions-{call.replace('_', '-')}"
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket=bucket, Key="k")
    getattr(s3, call)(Bucket=bucket, **parameters)
    [asked] = judge.asked()
    keys = [each["Key"] for each in parameters.get("Delete", {}).get("Objects", [])] or [parameters.get("Key")]
    wanted = [f"arn:aws:s3:::{bucket}" + (f"/{key}" if key else "") for key in keys]
    assert (asked["action"], arns(asked)) == (action, wanted)
    assert asked["context"].get("s3:prefix") == parameters.get("Prefix")


def test_roles_are_known_by_their_path_and_passed(judge: Judge, acting: Callable[[str], Any]) -> None:
    iam = acting("iam")
    boundary = f"arn:aws:iam::{ACCOUNT}:policy/bounds"
    iam.create_role(Path="/demarc/", RoleName="r", AssumeRolePolicyDocument=TRUST, PermissionsBoundary=boundary)
    [made] = judge.asked()
    role = f"arn:aws:iam::{ACCOUNT}:role/demarc/r"
    assert role in arns(made)
    assert made["context"]["iam:PermissionsBoundary"] == boundary
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=policy("s3:*"))
    assert role in arns(judge.asked()[0])
    assert judge.asked()[0]["context"]["iam:PermissionsBoundary"] == boundary
    vpc = acting("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    acting("ec2").create_flow_logs(
        ResourceIds=[vpc],
        ResourceType="VPC",
        TrafficType="ALL",
        LogGroupName="flow",
        DeliverLogsPermissionArn=role,
    )
    logged, passed = judge.asked()
    assert set(arns(logged)) == {arn("ec2", f"vpc/{vpc}"), arn("ec2", "vpc-flow-log/new"), role}
    assert (passed["action"], arns(passed)) == ("iam:PassRole", [role])
    assert passed["context"]["iam:PassedToService"] == "vpc-flow-logs.amazonaws.com"


def test_who_one_is_needs_no_policy(judge: Judge, acting: Callable[[str], Any]) -> None:
    acting("sts").get_caller_identity()
    assert judge.asked() == []


def test_a_session_tells_the_eks_api_who_it_is(judged_url: str, acting: Callable[[str], Any]) -> None:
    key = acting("sts")._request_signer._credentials.access_key
    with urllib.request.urlopen(f"{judged_url}/_sandbox/identities/{key}") as answer:
        assert json.load(answer)["role"] == f"arn:aws:iam::{ACCOUNT}:role/app/ada"
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{judged_url}/_sandbox/identities/sandbox")
