"""What was given with access keys, by which the EKS API knows who signed a token."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from moto.sts.models import sts_backends

from demarc_moto.access_keys import access_key as held_access_key


def access_key(url: str, access_key_id: str) -> dict[str, str]:
    with urllib.request.urlopen(f"{url}/_sandbox/access-keys/{access_key_id}") as answer:
        key: dict[str, str] = json.load(answer)
        return key


def test_a_session_of_a_role_is_known_by_its_secret_and_token(local_aws_url: str, clients: Callable[[str], Any]) -> None:
    client = clients(local_aws_url)
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    role = client("iam").create_role(RoleName="signs-tokens", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    given = client("sts").assume_role(RoleArn=role, RoleSessionName="ada")["Credentials"]
    assert access_key(local_aws_url, given["AccessKeyId"]) == {
        "secretAccessKey": given["SecretAccessKey"],
        "sessionToken": given["SessionToken"],
    }
    client("iam").delete_role(RoleName="signs-tokens")


def test_a_user_is_known_by_the_secret(local_aws_url: str, clients: Callable[[str], Any]) -> None:
    iam = clients(local_aws_url)("iam")
    iam.create_user(UserName="signs-tokens")
    given = iam.create_access_key(UserName="signs-tokens")["AccessKey"]
    assert access_key(local_aws_url, given["AccessKeyId"]) == {"secretAccessKey": given["SecretAccessKey"]}
    iam.delete_access_key(UserName="signs-tokens", AccessKeyId=given["AccessKeyId"])
    iam.delete_user(UserName="signs-tokens")


def test_a_key_that_nobody_was_given_has_none(local_aws_url: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        access_key(local_aws_url, "sandbox")
    assert refused.value.code == 404


@pytest.mark.parametrize(("duration", "is_known"), [(900, True), (-1, False)])
def test_a_session_that_has_ended_has_none(duration: int, is_known: bool) -> None:
    session = sts_backends["123456789012"]["aws"].assume_role(
        region_name="ap-northeast-1",
        role_session_name="ada",
        role_arn="arn:aws:iam::123456789012:role/ended",
        policy="",
        duration=duration,
        external_id="",
    )
    assert (held_access_key(session.access_key_id) is not None) == is_known
