"""Who called what: by role, with the policies that decide what the role may do in AWS."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest

from .conftest import ONE_TRY
from .servers import local_aws

REGION = "ap-northeast-1"


@pytest.fixture(scope="module")
def fresh_url() -> Iterator[str]:
    with local_aws() as url:
        yield url


def calls(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url}/_sandbox/calls") as answer:
        taken: dict[str, Any] = json.load(answer)
        return taken


def policy(action: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})


def test_a_role_is_known_by_its_sessions(fresh_url: str, clients: Callable[[str], Any]) -> None:
    iam, sts = clients(fresh_url)("iam"), clients(fresh_url)("sts")
    boundary = iam.create_policy(PolicyName="bounds", PolicyDocument=policy("s3:*"))["Policy"]["Arn"]
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    role = iam.create_role(
        Path="/app/", RoleName="calls", AssumeRolePolicyDocument=trust, PermissionsBoundary=boundary
    )["Role"]["Arn"]
    iam.put_role_policy(RoleName="calls", PolicyName="own", PolicyDocument=policy("sqs:*"))
    iam.attach_role_policy(RoleName="calls", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    given = sts.assume_role(RoleArn=role, RoleSessionName="ada")["Credentials"]
    session = boto3.Session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], REGION)

    def acting(service: str) -> Any:
        return session.client(service, endpoint_url=fresh_url, config=ONE_TRY)

    for _ in range(2):
        acting("sqs").list_queues()
    acting("route53").list_hosted_zones()
    acting("elbv2").describe_load_balancers()
    acting("s3").list_buckets()

    taken = calls(fresh_url)
    [caller] = taken["roles"]
    assert taken["others"] > 0
    assert (caller["role"], caller["exists"]) == (role, True)
    assert {(call["service"], call["operation"], call["count"]) for call in caller["calls"]} == {
        ("sqs", "ListQueues", 2),
        ("route53", "ListHostedZones", 1),
        ("elbv2", "DescribeLoadBalancers", 1),
        ("s3", "ListAllMyBuckets", 1),
    }
    assert [own["name"] for own in caller["policies"]] == ["own", "arn:aws:iam::aws:policy/ReadOnlyAccess"]
    assert caller["policies"][0]["policy"] == json.loads(policy("sqs:*"))
    assert caller["boundary"] == {"name": boundary, "policy": json.loads(policy("s3:*"))}

    iam.delete_role_policy(RoleName="calls", PolicyName="own")
    iam.detach_role_policy(RoleName="calls", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    iam.delete_role(RoleName="calls")
    [gone] = calls(fresh_url)["roles"]
    assert (gone["exists"], gone["policies"], gone["boundary"]) == (False, [], None)
