"""The server itself: where it listens, what it answers when moto cannot, what it lists."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.parsers import create_parser

from demarc_moto.server import Application

from .rehearsal import inventory_of
from .servers import FOLDER, local_aws


def serve(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "demarc_moto", *arguments]
    return subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "localhost"])
def test_it_listens_on_loopback_only(host: str) -> None:
    refused = serve("--host", host)
    assert refused.returncode == 1
    assert f'"{host}" is refused' in refused.stderr


def test_a_taken_port_is_said_in_one_line(local_aws_url: str) -> None:
    refused = serve("--port", local_aws_url.rpartition(":")[2])
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "Address already in use" in refused.stderr


def test_another_version_of_moto_is_refused() -> None:
    pretend = "import importlib.metadata as metadata; metadata.version = lambda _: '5.2.1'; import demarc_moto"
    refused = subprocess.run([sys.executable, "-c", pretend], cwd=FOLDER, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "patches moto 5.2.5, but moto 5.2.1 is installed" in refused.stderr


def test_what_moto_cannot_do_is_refused_for_good_and_with_its_reason(
    local_aws_url: str, clients: Callable[[str], Any]
) -> None:
    with pytest.raises(ClientError) as refused:
        clients(local_aws_url)("rds").describe_db_engine_versions()
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert "describe_db_engine_versions action has not been implemented" in refused.value.response["Error"]["Message"]


@pytest.mark.parametrize(
    ("protocol", "request_headers"),
    [
        ("query", {"CONTENT_TYPE": "application/x-www-form-urlencoded"}),
        ("ec2", {"CONTENT_TYPE": "application/x-www-form-urlencoded"}),
        ("rest-xml", {"CONTENT_TYPE": "application/xml"}),
        ("json", {"HTTP_X_AMZ_TARGET": "Service.Operation"}),
        ("rest-json", {"CONTENT_TYPE": "application/json"}),
    ],
)
def test_every_protocol_can_read_a_refusal(protocol: str, request_headers: dict[str, str]) -> None:
    def fault(_environ: object, _start_response: object) -> None:
        raise KeyError("<gap>")

    answered: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        answered.update(status_code=int(status.split()[0]), headers={name.lower(): value for name, value in headers})

    environ = {"HTTP_HOST": "127.0.0.1", "PATH_INFO": "/", "REQUEST_METHOD": "POST", **request_headers}
    application = Application()
    application._moto = fault
    body = application(environ, start_response)
    parsed = create_parser(protocol).parse({**answered, "body": b"".join(body)}, None)
    assert parsed["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert parsed["Error"]["Code"] == "NotImplemented"
    assert parsed["Error"]["Message"] == "the local AWS cannot do this: KeyError: '<gap>'"


def test_the_inventory_of_a_new_account_is_empty(clients: Callable[[str], Any]) -> None:
    with local_aws() as url:
        aws = clients(url)
        # Each of these lets moto make what AWS puts into every account.
        aws("ec2").describe_vpcs()
        aws("iam").list_policies()
        aws("kms").describe_key(KeyId="alias/aws/ebs")
        assert inventory_of(url) == {"resources": [], "kept": []}


def test_the_inventory_describes_each_resource(clients: Callable[[str], Any]) -> None:
    with local_aws() as url:
        aws = clients(url)
        tags = [{"TagKey": "environment", "TagValue": "test"}]
        key = aws("kms").create_key(Tags=tags)["KeyMetadata"]["KeyId"]
        aws("kms").create_alias(AliasName="alias/test", TargetKeyId=key)
        place = {"account": "123456789012", "region": "ap-northeast-1", "service": "kms"}
        described = {**place, "type": "key", "id": key, "name": None, "tags": {"environment": "test"}}
        alias = {**described, "type": "alias", "id": "alias/test"}
        assert inventory_of(url) == {"resources": [alias, described], "kept": []}

        aws("kms").delete_alias(AliasName="alias/test")
        aws("kms").schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
        inventory = inventory_of(url)
        assert inventory["resources"] == []
        reason = inventory["kept"][0].pop("reason")
        assert inventory["kept"] == [described]
        assert reason.startswith("pending deletion until ")


def test_the_inventory_has_the_tags_of_load_balancing(clients: Callable[[str], Any]) -> None:
    with local_aws() as url:
        aws = clients(url)
        vpc = aws("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
        tags = [{"Key": "environment", "Value": "test"}]
        aws("elbv2").create_target_group(Name="app", Protocol="HTTP", Port=80, VpcId=vpc, Tags=tags)
        found = [(each["type"], each["name"], each["tags"]) for each in inventory_of(url)["resources"]]
        assert found == [("target-group", "app", {"environment": "test"})]


def test_the_inventory_leaves_the_sessions_of_roles_out(clients: Callable[[str], Any]) -> None:
    with local_aws() as url:
        aws = clients(url)
        role = aws("iam").create_role(RoleName="reader", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        aws("sts").assume_role(RoleArn=role, RoleSessionName="test")
        aws("iam").create_user(UserName="robot")
        key = aws("iam").create_access_key(UserName="robot")["AccessKey"]["AccessKeyId"]
        found = {(resource["type"], resource["id"]) for resource in inventory_of(url)["resources"]}
        assert ("access-key", key) in found
        assert {kind for kind, _ in found} == {"role", "user", "access-key"}


def test_a_record_has_the_tags_of_its_zone(clients: Callable[[str], Any]) -> None:
    with local_aws() as url:
        route53 = clients(url)("route53")
        zone = route53.create_hosted_zone(Name="tagged.test", CallerReference="1")["HostedZone"]["Id"]
        zone = zone.removeprefix("/hostedzone/")
        route53.change_tags_for_resource(
            ResourceType="hostedzone", ResourceId=zone, AddTags=[{"Key": "environment", "Value": "test"}]
        )
        record = {"Name": "a.tagged.test", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
        route53.change_resource_record_sets(
            HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
        )
        assert [(resource["id"], resource["tags"]) for resource in inventory_of(url)["resources"]] == [
            (zone, {"environment": "test"}),
            ("a.tagged.test. A", {"environment": "test"}),
        ]


def test_the_inventory_shows_a_kind_of_resource_that_it_has_no_rule_for(clients: Callable[[str], Any]) -> None:
    with local_aws() as url:
        clients(url)("sns").create_topic(Name="unforeseen")
        assert [(resource["service"], resource["name"]) for resource in inventory_of(url)["resources"]] == [
            ("sns", "unforeseen")
        ]


def test_a_backup_that_outlives_its_instance_is_kept(clients: Callable[[str], Any]) -> None:
    with local_aws() as url:
        rds = clients(url)("rds")
        rds.create_db_instance(
            DBInstanceIdentifier="gone", Engine="postgres", DBInstanceClass="db.t4g.medium", AllocatedStorage=20
        )
        assert {resource["type"] for resource in inventory_of(url)["resources"]} == {"db-instance"}
        rds.delete_db_instance(DBInstanceIdentifier="gone", SkipFinalSnapshot=True, DeleteAutomatedBackups=False)
        inventory = inventory_of(url)
        assert inventory["resources"] == []
        assert [resource["type"] for resource in inventory["kept"]] == ["db-snapshot"]


def test_the_inventory_can_only_be_read(local_aws_url: str) -> None:
    request = urllib.request.Request(f"{local_aws_url}/_sandbox/inventory", method="POST", data=b"{}")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 405


def test_the_inventory_is_json(local_aws_url: str) -> None:
    with urllib.request.urlopen(f"{local_aws_url}/_sandbox/inventory") as answer:
        assert answer.headers["Content-Type"] == "application/json"
        assert set(json.load(answer)) == {"resources", "kept"}
