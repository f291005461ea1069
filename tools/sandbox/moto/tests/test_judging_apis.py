"""What is asked of the judge where a call makes or changes a REST API, a VPC link or a web ACL."""

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest

from .checks.elbv2 import load_balancer
from .conftest import JUDGED_REGION as REGION
from .conftest import ONE_TRY
from .judge import Judge

ACCOUNT = "123456789012"
NOBODY = '{"Version": "2012-10-17", "Statement": []}'


@pytest.fixture(scope="module")
def acting(judged_url: str, administrator: Callable[[str], Any]) -> Iterator[Callable[[str], Any]]:
    """Clients of a session of a role."""
    role = administrator("iam").create_role(RoleName="apis", AssumeRolePolicyDocument=NOBODY)["Role"]["Arn"]
    given = administrator("sts").assume_role(RoleArn=role, RoleSessionName="pod")["Credentials"]
    session = boto3.Session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], REGION)
    yield lambda service: session.client(service, endpoint_url=judged_url, config=ONE_TRY)


def asked(judge: Judge) -> dict[str, list[str]]:
    """The ARNs that each action was asked of, in the last call."""
    return {each["action"]: [resource["arn"] for resource in each["resources"]] for each in judge.asked()}


def gateway(path: str) -> str:
    return f"arn:aws:apigateway:{REGION}::{path}"


def test_a_rest_api_is_asked_by_method_and_path(judge: Judge, acting: Callable[[str], Any]) -> None:
    apis = acting("apigateway")
    api = apis.create_rest_api(
        name="pets", tags={"team": "shop"}, endpointConfiguration={"types": ["REGIONAL"]}, disableExecuteApiEndpoint=True
    )["id"]
    made, tagged = judge.asked()
    assert (made["action"], [each["arn"] for each in made["resources"]]) == ("apigateway:POST", [gateway("/restapis")])
    assert made["context"]["aws:RequestTag/team"] == "shop"
    assert made["context"]["apigateway:Request/ApiName"] == "pets"
    assert made["context"]["apigateway:Request/EndpointType"] == ["REGIONAL"]
    new = f"arn%3Aaws%3Aapigateway%3A{REGION}%3A%3A%2Frestapis%2Fnew"
    assert (tagged["action"], [each["arn"] for each in tagged["resources"]]) == ("apigateway:PUT", [gateway(f"/tags/{new}")])
    assert tagged["context"]["aws:RequestTag/team"] == "shop"

    apis.put_rest_api(restApiId=api, body=b'{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {}}')
    [put] = judge.asked()
    assert asked(judge) == {"apigateway:PUT": [gateway(f"/restapis/{api}")]}
    assert put["resources"][0]["context"]["aws:ResourceTag/team"] == "shop"
    apis.get_resources(restApiId=api)
    assert asked(judge) == {"apigateway:GET": [gateway(f"/restapis/{api}/resources")]}
    assert judge.asked()[0]["resources"][0]["context"]["aws:ResourceTag/team"] == "shop"
    apis.tag_resource(resourceArn=gateway(f"/restapis/{api}"), tags={"team": "pets"})
    escaped = gateway(f"/restapis/{api}").replace(":", "%3A").replace("/", "%2F")
    assert asked(judge) == {
        "apigateway:PUT": [gateway(f"/tags/{escaped}")],
        "apigateway:PATCH": [gateway(f"/restapis/{api}")],
    }
    apis.delete_rest_api(restApiId=api)
    assert asked(judge) == {"apigateway:DELETE": [gateway(f"/restapis/{api}")]}


def test_the_accounts_role_is_passed(judge: Judge, acting: Callable[[str], Any], administrator: Callable[[str], Any]) -> None:
    trust = NOBODY.replace(
        "[]",
        '[{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "apigateway.amazonaws.com"}}]',
    )
    iam = administrator("iam")
    role = iam.create_role(RoleName="logs", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    managed = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
    iam.attach_role_policy(RoleName="logs", PolicyArn=managed)
    change = {"op": "replace", "path": "/cloudwatchRoleArn", "value": role}
    acting("apigateway").update_account(patchOperations=[change])
    assert asked(judge) == {"apigateway:PATCH": [gateway("/account")], "iam:PassRole": [role]}
    assert judge.asked()[1]["context"]["iam:PassedToService"] == "apigateway.amazonaws.com"


def test_a_vpc_link_takes_an_endpoint_service(
    judge: Judge, acting: Callable[[str], Any], administrator: Callable[[str], Any]
) -> None:
    apis = acting("apigateway")
    balancer = load_balancer(administrator, "network", Type="network")["LoadBalancerArn"]
    link = apis.create_vpc_link(name="pets", targetArns=[balancer])["id"]
    made = asked(judge)
    service = f"arn:aws:ec2:{REGION}:{ACCOUNT}:vpc-endpoint-service/new"
    assert gateway("/vpclinks") in made["apigateway:POST"]
    assert service in made["ec2:CreateVpcEndpointServiceConfiguration"]
    assert made["ec2:ModifyVpcEndpointServicePermissions"] == [service]
    assert {"ec2:DescribeVpcEndpointServiceConfigurations", "elasticloadbalancing:DescribeLoadBalancers"} < made.keys()
    apis.delete_vpc_link(vpcLinkId=link)
    assert asked(judge) == {
        "apigateway:DELETE": [gateway(f"/vpclinks/{link}")],
        "ec2:DeleteVpcEndpointServiceConfigurations": [service],
    }


def test_a_web_acl_and_what_it_protects(judge: Judge, acting: Callable[[str], Any], administrator: Callable[[str], Any]) -> None:
    waf, balancer = acting("wafv2"), load_balancer(administrator, "protected")["LoadBalancerArn"]
    visible = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "pets"}
    acl = waf.create_web_acl(
        Name="pets",
        Scope="REGIONAL",
        DefaultAction={"Allow": {}},
        VisibilityConfig=visible,
        Tags=[{"Key": "team", "Value": "infra"}],
    )["Summary"]
    new = f"arn:aws:wafv2:{REGION}:{ACCOUNT}:regional/webacl/pets/new"
    assert asked(judge) == {"wafv2:CreateWebACL": [new], "wafv2:TagResource": [new]}
    waf.associate_web_acl(WebACLArn=acl["ARN"], ResourceArn=balancer)
    assert asked(judge) == {
        "wafv2:AssociateWebACL": [acl["ARN"], balancer],
        "elasticloadbalancing:SetWebACL": [balancer],
    }
    assert judge.asked()[0]["resources"][0]["context"]["aws:ResourceTag/team"] == "infra"
    waf.get_web_acl_for_resource(ResourceArn=balancer)
    assert asked(judge) == {"wafv2:GetWebACLForResource": [balancer, acl["ARN"]], "wafv2:GetWebACL": [acl["ARN"]]}
    waf.disassociate_web_acl(ResourceArn=balancer)
    assert asked(judge) == {"wafv2:DisassociateWebACL": [balancer], "elasticloadbalancing:SetWebACL": [balancer]}
    group = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:aws-waf-logs-pets"
    waf.put_logging_configuration(LoggingConfiguration={"ResourceArn": acl["ARN"], "LogDestinationConfigs": [group]})
    put = asked(judge)
    assert put.pop("wafv2:PutLoggingConfiguration") == [acl["ARN"]]
    assert put.keys() == {
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:PutResourcePolicy",
    }
    waf.delete_web_acl(Name="pets", Scope="REGIONAL", Id=acl["Id"], LockToken=acl["LockToken"])
    assert asked(judge) == {"wafv2:DeleteWebACL": [acl["ARN"]]}
