"""STS asks whom a role trusts: what the judge is told of whoever asks, and how a refusal reaches the caller."""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from .conftest import JUDGED_REGION, ONE_TRY
from .judge import Judge
from .test_web_identity import AUDIENCE, ISSUER, SUBJECT, publish, token, web_keys

ACCOUNT = "123456789012"
TRUST = {"Version": "2012-10-17", "Statement": []}
MAY = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}}
CLUSTER = f"arn:aws:eks:{JUDGED_REGION}:{ACCOUNT}:cluster/a"

Clients = Callable[[str], Any]


@pytest.fixture(scope="module")
def role(administrator: Clients) -> str:
    made = administrator("iam").create_role(
        Path="/app/",
        RoleName="store",
        AssumeRolePolicyDocument=json.dumps(TRUST),
        Tags=[{"Key": "team", "Value": "shop"}],
    )
    return str(made["Role"]["Arn"])


def sts_of(url: str, key: str, secret: str = "test", token: str | None = None, headers: dict[str, str] | None = None) -> Any:
    client = boto3.Session(key, secret, token, JUDGED_REGION).client("sts", endpoint_url=url, config=ONE_TRY)

    def add(request: Any, **_: object) -> None:
        for name, value in (headers or {}).items():
            request.headers[name] = value

    client.meta.events.register("before-sign.sts", add)
    return client


def test_an_administrator_asks_with_all_that_the_request_says(judge: Judge, administrator: Clients, role: str) -> None:
    administrator("sts").assume_role(
        RoleArn=role,
        RoleSessionName="run",
        ExternalId="secret",
        SourceIdentity="ada",
        Tags=[{"Key": "app", "Value": "store"}],
    )
    [asked] = judge.trust
    assert (asked["caller"]["kind"], asked["caller"]["arn"]) == ("user", f"arn:aws:iam::{ACCOUNT}:user/moto")
    assert [policy["name"] for policy in asked["caller"]["policies"]] == ["AdministratorAccess"]
    assert (asked["role"], json.loads(asked["trustPolicy"])) == (role, TRUST)
    assert asked["actions"] == ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
    assert asked["context"] == {
        "aws:RequestTag/app": "store",
        "aws:RequestedRegion": JUDGED_REGION,
        "aws:ResourceTag/team": "shop",
        "aws:SecureTransport": "true",
        "aws:TagKeys": ["app"],
        "iam:ResourceTag/team": "shop",
        "sts:ExternalId": "secret",
        "sts:RoleSessionName": "run",
        "sts:SourceIdentity": "ada",
    }


def test_a_session_asks_as_its_role(judge: Judge, judged_url: str, administrator: Clients, role: str) -> None:
    iam = administrator("iam")
    first = iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
    key = administrator("sts").assume_role(RoleArn=first, RoleSessionName="ci")["Credentials"]
    sts = sts_of(judged_url, key["AccessKeyId"], key["SecretAccessKey"], key["SessionToken"])
    sts.assume_role(RoleArn=role, RoleSessionName="run")
    caller = judge.trust[-1]["caller"]
    assert (caller["kind"], caller["identity"]["role"], caller["identity"]["session"]) == ("session", first, "ci")
    assert judge.calls == []


def test_a_user_asks_with_its_policies(judge: Judge, judged_url: str, administrator: Clients, role: str) -> None:
    iam = administrator("iam")
    iam.create_user(UserName="ada", Tags=[{"Key": "team", "Value": "ops"}])
    iam.put_user_policy(UserName="ada", PolicyName="own", PolicyDocument=json.dumps(MAY))
    key = iam.create_access_key(UserName="ada")["AccessKey"]
    sts_of(judged_url, key["AccessKeyId"], key["SecretAccessKey"]).assume_role(RoleArn=role, RoleSessionName="run")
    caller = judge.trust[-1]["caller"]
    assert (caller["kind"], caller["arn"]) == ("user", f"arn:aws:iam::{ACCOUNT}:user/ada")
    assert ([each["name"] for each in caller["policies"]], caller["tags"]) == (["own"], {"team": "ops"})


SOURCE = {"X-Amz-Source-Account": ACCOUNT, "X-Amz-Source-Arn": CLUSTER}


def test_a_service_says_for_whom_it_asks(judge: Judge, judged_url: str, role: str) -> None:
    sts = sts_of(judged_url, "pods.eks.amazonaws.com", headers=SOURCE)
    sts.assume_role(RoleArn=role, RoleSessionName="run")
    [asked] = judge.trust
    assert asked["caller"] == {"kind": "service", "service": "pods.eks.amazonaws.com"}
    assert (asked["context"]["aws:SourceAccount"], asked["context"]["aws:SourceArn"]) == (ACCOUNT, CLUSTER)


def test_whoever_is_no_service_says_no_source(judge: Judge, judged_url: str, role: str) -> None:
    sts_of(judged_url, "test", headers=SOURCE).assume_role(RoleArn=role, RoleSessionName="run")
    assert not {"aws:SourceAccount", "aws:SourceArn"} & set(judge.trust[-1]["context"])


def test_the_holder_of_a_token_asks_with_its_claims(judge: Judge, judged_url: str, administrator: Clients, role: str) -> None:
    made = administrator("iam").create_open_id_connect_provider(Url=ISSUER, ClientIDList=[AUDIENCE])
    publish(judged_url, ISSUER, web_keys())
    administrator("sts").assume_role_with_web_identity(RoleArn=role, RoleSessionName="pod", WebIdentityToken=token())
    [asked] = judge.trust
    assert asked["caller"] == {"kind": "federated", "provider": made["OpenIDConnectProviderArn"]}
    assert asked["actions"] == ["sts:AssumeRoleWithWebIdentity"]
    issuer = ISSUER.removeprefix("https://")
    claims = {key: value for key, value in asked["context"].items() if key.startswith(issuer)}
    assert claims == {f"{issuer}:aud": AUDIENCE, f"{issuer}:sub": SUBJECT}


def test_a_refusal_is_stss_and_gives_nothing(judge: Judge, administrator: Clients, role: str) -> None:
    judge.refuses.add("sts:TagSession")
    with pytest.raises(ClientError) as refused:
        administrator("sts").assume_role(RoleArn=role, RoleSessionName="run", Tags=[{"Key": "app", "Value": "store"}])
    assert refused.value.response["Error"]["Code"] == "AccessDenied"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert "Credentials" not in refused.value.response


def test_a_token_of_a_role_that_does_not_trust_it_gives_nothing(judge: Judge, administrator: Clients, role: str) -> None:
    judge.refuses.add("sts:AssumeRoleWithWebIdentity")
    with pytest.raises(ClientError) as refused:
        administrator("sts").assume_role_with_web_identity(RoleArn=role, RoleSessionName="pod", WebIdentityToken=token())
    assert refused.value.response["Error"]["Code"] == "AccessDenied"


def test_a_role_that_is_not_there_is_refused_as_one_that_trusts_nobody(judge: Judge, administrator: Clients, role: str) -> None:
    with pytest.raises(ClientError) as refused:
        administrator("sts").assume_role(RoleArn=f"{role}-2", RoleSessionName="run")
    assert refused.value.response["Error"]["Message"] == (
        f"User: arn:aws:iam::{ACCOUNT}:user/moto is not authorized to perform: sts:AssumeRole on resource: {role}-2"
    )
    assert judge.trust == []
