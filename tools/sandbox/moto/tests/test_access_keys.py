"""The secrets of access keys, by which the EKS API knows who signed a token."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest


def secret_of(url: str, access_key_id: str) -> str:
    with urllib.request.urlopen(f"{url}/_sandbox/access-keys/{access_key_id}") as answer:
        secret: str = json.load(answer)["secretAccessKey"]
        return secret


def test_a_session_of_a_role_is_known_by_its_secret(local_aws_url: str, clients: Callable[[str], Any]) -> None:
    client = clients(local_aws_url)
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    role = client("iam").create_role(RoleName="signs-tokens", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    given = client("sts").assume_role(RoleArn=role, RoleSessionName="ada")["Credentials"]
    assert secret_of(local_aws_url, given["AccessKeyId"]) == given["SecretAccessKey"]
    client("iam").delete_role(RoleName="signs-tokens")


def test_a_user_is_known_by_the_secret(local_aws_url: str, clients: Callable[[str], Any]) -> None:
    iam = clients(local_aws_url)("iam")
    iam.create_user(UserName="signs-tokens")
    given = iam.create_access_key(UserName="signs-tokens")["AccessKey"]
    assert secret_of(local_aws_url, given["AccessKeyId"]) == given["SecretAccessKey"]
    iam.delete_access_key(UserName="signs-tokens", AccessKeyId=given["AccessKeyId"])
    iam.delete_user(UserName="signs-tokens")


def test_a_key_that_nobody_was_given_has_none(local_aws_url: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        secret_of(local_aws_url, "sandbox")
    assert refused.value.code == 404
