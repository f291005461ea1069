"""The whole life of hardened resources, through Terraform and the real AWS provider."""

import re
from collections import Counter
from concurrent.futures import Future

import pytest

from .rehearsal import STACKS, Rehearsal

MADE = {
    "apis": {
        ("apigateway", "account"): 1,
        ("apigateway", "api-key"): 1,
        ("apigateway", "base-path-mapping"): 1,
        ("apigateway", "domain-name"): 1,
        ("apigateway", "rest-api"): 1,
        ("apigateway", "usage-plan"): 1,
        ("apigateway", "usage-plan-key"): 1,
        ("apigateway", "vpc-link"): 1,
        ("elbv2", "load-balancer"): 2,
        ("route53", "record"): 2,
        ("wafv2", "logging-configuration"): 1,
        ("wafv2", "web-acl"): 1,
    },
    "database": {
        ("iam", "role"): 1,
        ("rds", "db-instance"): 1,
        ("rds", "db-parameter-group"): 1,
        ("secretsmanager", "secret"): 1,
    },
    "foundation": {
        ("acm", "certificate"): 1,
        ("ec2", "network-interface"): 2,
        ("ec2", "security-group"): 2,
        ("ec2", "subnet"): 2,
        ("ec2", "vpc"): 1,
        ("ec2", "vpc-endpoint"): 2,
        ("kms", "key"): 1,
        ("route53", "record"): 1,
        ("s3", "bucket"): 1,
        ("sqs", "queue"): 2,
    },
}
"""How many resources of some types each stack makes."""

KEPT_BY_AWS = {("ec2", "nat-gateway"), ("ec2", "vpc-endpoint"), ("kms", "key")}


@pytest.fixture(params=sorted(STACKS))
def rehearsal(request: pytest.FixtureRequest, rehearsals: dict[str, Future[Rehearsal]]) -> Rehearsal:
    return rehearsals[request.param].result()


def test_the_stack_is_applied(rehearsal: Rehearsal) -> None:
    assert rehearsal.runs["apply"].code == 0, rehearsal


def test_the_second_plan_is_empty(rehearsal: Rehearsal) -> None:
    assert rehearsal.plans.get("apply") == {}, rehearsal


def test_the_inventory_lists_what_was_made(rehearsal: Rehearsal) -> None:
    inventory = rehearsal.inventories["apply"]
    listed = Counter((resource["service"], resource["type"]) for resource in inventory["resources"])
    assert {kind: listed[kind] for kind in MADE[rehearsal.stack]} == MADE[rehearsal.stack]
    assert inventory["kept"] == []


def test_the_stack_is_changed(rehearsal: Rehearsal) -> None:
    run = rehearsal.runs["change"]
    assert run.code == 0, rehearsal
    if rehearsal.stack == "foundation":
        changed = re.search(r"(\d+) changed, ", run.output)
        assert changed and int(changed[1]) >= 14


def test_the_plan_of_what_was_changed_is_empty(rehearsal: Rehearsal) -> None:
    assert rehearsal.plans.get("change") == {}, rehearsal


def test_the_stack_is_destroyed(rehearsal: Rehearsal) -> None:
    assert rehearsal.runs["destroy"].code == 0, rehearsal


def test_nothing_is_left_but_what_aws_keeps(rehearsal: Rehearsal) -> None:
    left = rehearsal.inventories["destroy"]
    assert left["resources"] == []
    assert {(resource["service"], resource["type"]) for resource in left["kept"]} <= KEPT_BY_AWS
    assert all(resource["reason"] for resource in left["kept"])
