"""Terraform's S3 backend with a lock file, in a bucket that refuses plain HTTP."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .rehearsal import FOLDER
from .servers import local_aws
from .terraform import REGION, Terraform

HTTPS_ONLY = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": ["arn:aws:s3:::states", "arn:aws:s3:::states/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
STATE, LOCK = "test/state.tfstate", "test/state.tfstate.tflock"


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory, clients: Callable[[str], Any]) -> Iterator[tuple[Terraform, Any]]:
    with local_aws() as url:
        s3 = clients(url)("s3")
        s3.create_bucket(Bucket="states", CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket="states", VersioningConfiguration={"Status": "Enabled"})
        policy = json.dumps({"Version": "2012-10-17", "Statement": [HTTPS_ONLY]})
        s3.put_bucket_policy(Bucket="states", Policy=policy)
        terraform = Terraform(tmp_path_factory.mktemp("states") / "state", url, FOLDER / "state.tf")
        assert terraform.init().code == 0
        yield terraform, s3


def test_the_state_is_kept_encrypted_and_unlocked(backend: tuple[Terraform, Any]) -> None:
    terraform, s3 = backend
    applied = terraform.apply()
    assert applied.code == 0, applied.output
    assert terraform.plan().code == 0
    state = s3.get_object(Bucket="states", Key=STATE)
    assert json.load(state["Body"])["resources"][0]["type"] == "terraform_data"
    assert state["ServerSideEncryption"] == "aws:kms"
    assert [found["Key"] for found in s3.list_objects_v2(Bucket="states")["Contents"]] == [STATE]


def test_a_held_lock_is_refused_with_its_holder_and_time(backend: tuple[Terraform, Any]) -> None:
    terraform, s3 = backend
    held = {"ID": "1", "Operation": "OperationTypeApply", "Who": "alice@example", "Created": "2026-01-02T03:04:05Z"}
    s3.put_object(Bucket="states", Key=LOCK, Body=json.dumps(held).encode())
    refused = terraform.apply()
    s3.delete_object(Bucket="states", Key=LOCK)
    assert refused.code == 1
    assert "Error acquiring the state lock" in refused.output
    assert "alice@example" in refused.output
    assert "2026-01-02 03:04:05" in refused.output
    assert terraform.apply().code == 0
