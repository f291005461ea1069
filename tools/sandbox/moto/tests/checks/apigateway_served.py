"""REST APIs as they are served: links, deployments, stages, domains and usage plans."""

import json
import re
from typing import Any

from .apigateway import LINKED, document, imported, put, refusal_of
from .check import ClientFactory, check, code_of
from .elbv2 import load_balancer


@check(
    "make_a_link_to_one_network_load_balancer",
    "settle_a_pending_link",
    "tell_why_a_link_failed",
    "keep_a_load_balancer_that_a_link_uses",
    "update_vpc_link",
)
def a_link_is_of_one_network_load_balancer(aws: ClientFactory) -> None:
    apis, balancers = aws("apigateway"), aws("elbv2")
    network = load_balancer(aws, "linked", Type="network")["LoadBalancerArn"]
    link = apis.create_vpc_link(name="pets", targetArns=[network])
    assert link["status"] == "PENDING"
    assert apis.get_vpc_link(vpcLinkId=link["id"])["status"] == "AVAILABLE"
    renamed = [{"op": "replace", "path": "/name", "value": "shop"}]
    assert apis.update_vpc_link(vpcLinkId=link["id"], patchOperations=renamed)["name"] == "shop"
    moved = [{"op": "replace", "path": "/targetArns", "value": "other"}]
    assert "not allowed" in refusal_of(lambda: apis.update_vpc_link(vpcLinkId=link["id"], patchOperations=moved))
    assert _ended(aws, network) == ("FAILED", "NLB is already associated with another VPC Endpoint Service")
    application = load_balancer(aws, "unlinked")["LoadBalancerArn"]
    assert _ended(aws, application) == ("FAILED", "NLB ARN is malformed")
    assert "More than one" in refusal_of(lambda: apis.create_vpc_link(name="two", targetArns=[network, application]))
    assert code_of(lambda: balancers.delete_load_balancer(LoadBalancerArn=network)) == "ResourceInUse"
    apis.delete_vpc_link(vpcLinkId=link["id"])
    balancers.delete_load_balancer(LoadBalancerArn=network)


@check("keep_a_link_that_stages_serve_through", "deploy_what_the_api_connects_to_now")
def a_link_stays_while_a_stage_serves_through_it(aws: ClientFactory) -> None:
    apis = aws("apigateway")
    network = load_balancer(aws, "served", Type="network")["LoadBalancerArn"]
    link = apis.create_vpc_link(name="pets", targetArns=[network])["id"]
    api = imported(aws)
    deployment = apis.create_deployment(restApiId=api)["id"]
    stage = {"restApiId": api, "stageName": "live"}
    apis.create_stage(**stage, deploymentId=deployment, variables={"link": link})
    said = refusal_of(lambda: apis.delete_vpc_link(vpcLinkId=link))
    assert re.fullmatch(
        rf"Cannot delete vpc link. Vpc link '{link}', is referenced in \[{api}:GET:\w+:live\] in format of "
        r"\[RESTApiId:Method:Resource:Stage\].",
        said,
    )
    # What is not deployed is not served: the stage goes on with the link.
    put(aws, api, document({"x-amazon-apigateway-integration": {**LINKED, "connectionId": "other"}}))
    assert "is referenced" in refusal_of(lambda: apis.delete_vpc_link(vpcLinkId=link))
    literal = document({"x-amazon-apigateway-integration": {**LINKED, "connectionId": link}})
    put(aws, api, literal)
    apis.update_stage(**stage, patchOperations=[{"op": "replace", "path": "/variables/link", "value": "other"}])
    redeployed = apis.create_deployment(restApiId=api)["id"]
    apis.update_stage(**stage, patchOperations=[{"op": "replace", "path": "/deploymentId", "value": redeployed}])
    assert "is referenced" in refusal_of(lambda: apis.delete_vpc_link(vpcLinkId=link))
    apis.update_stage(**stage, patchOperations=[{"op": "replace", "path": "/deploymentId", "value": deployment}])
    apis.delete_vpc_link(vpcLinkId=link)


def _ended(aws: ClientFactory, target: str) -> tuple[str, str]:
    apis = aws("apigateway")
    link = apis.get_vpc_link(vpcLinkId=apis.create_vpc_link(name="more", targetArns=[target])["id"])
    apis.delete_vpc_link(vpcLinkId=link["id"])
    return link["status"], link["statusMessage"]


@check("keep_a_deployment_that_stages_serve", "make_a_stage_of_a_deployment", "update_deployment")
def a_deployment_stays_while_a_stage_serves_it(aws: ClientFactory) -> None:
    apis = aws("apigateway")
    api = imported(aws)
    assert "Deployment" in refusal_of(lambda: apis.create_stage(restApiId=api, stageName="live", deploymentId="none"))
    deployment = apis.create_deployment(restApiId=api)["id"]
    apis.create_stage(restApiId=api, stageName="live", deploymentId=deployment)
    described = [{"op": "replace", "path": "/description", "value": "second"}]
    apis.update_deployment(restApiId=api, deploymentId=deployment, patchOperations=described)
    assert apis.get_deployment(restApiId=api, deploymentId=deployment)["description"] == "second"
    assert "Active stages" in refusal_of(lambda: apis.delete_deployment(restApiId=api, deploymentId=deployment))
    apis.delete_stage(restApiId=api, stageName="live")
    apis.delete_deployment(restApiId=api, deploymentId=deployment)


WRITES_LOGS = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"


@check("take_a_role_that_may_write_logs", "log_only_where_the_account_has_a_role")
def a_stage_logs_once_the_account_has_a_role_for_it(aws: ClientFactory) -> None:
    apis, iam = aws("apigateway"), aws("iam")
    api = imported(aws)
    apis.create_stage(restApiId=api, stageName="live", deploymentId=apis.create_deployment(restApiId=api)["id"])

    def change(**changes: str) -> None:
        operations = [{"op": "replace", "path": path, "value": value} for path, value in changes.items()]
        apis.update_stage(restApiId=api, stageName="live", patchOperations=operations)

    def role(arn: str) -> None:
        apis.update_account(patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": arn}])

    logged = {"/accessLogSettings/destinationArn": "arn:aws:logs:ap-northeast-1:123456789012:log-group:access"}
    apis.update_account(patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn"}])
    needed = "CloudWatch Logs role ARN must be set in account settings to enable logging"
    assert refusal_of(lambda: change(**logged)) == needed
    assert refusal_of(lambda: change(**{"/*/*/logging/loglevel": "ERROR"})) == needed
    change(**{"/*/*/logging/loglevel": "OFF"})

    trust = {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    arn = iam.create_role(RoleName="gateway", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    assert "required permissions" in refusal_of(lambda: role(arn))
    iam.attach_role_policy(RoleName="gateway", PolicyArn=WRITES_LOGS)
    iam.update_assume_role_policy(RoleName="gateway", PolicyDocument=document.replace("apigateway", "ec2"))
    assert "required permissions" in refusal_of(lambda: role(arn))
    iam.update_assume_role_policy(RoleName="gateway", PolicyDocument=document)
    role(arn)
    change(**logged)
    role("")


@check(
    "keep_an_api_that_domains_lead_to",
    "keep_a_stage_that_domains_lead_to",
    "make_a_domain_of_an_issued_certificate",
    "map_the_empty_path_once",
    "delete_the_mappings_of_a_domain_too",
    "update_domain_name",
)
def a_domain_leads_to_one_stage_that_stays(aws: ClientFactory) -> None:
    apis, acm = aws("apigateway"), aws("acm")
    api = imported(aws)
    apis.create_stage(restApiId=api, stageName="live", deploymentId=apis.create_deployment(restApiId=api)["id"])
    certificates = [acm.request_certificate(DomainName="led.test")["CertificateArn"] for _ in range(2)]
    domain = {"domainName": "led.test", "endpointConfiguration": {"types": ["REGIONAL"]}}
    assert code_of(lambda: apis.create_domain_name(**domain, regionalCertificateArn="arn:aws:acm:none"))
    apis.create_domain_name(**domain, regionalCertificateArn=certificates[0])
    assert "already exists" in refusal_of(lambda: apis.create_domain_name(**domain))
    assert apis.get_base_path_mappings(domainName="led.test")["items"] == []
    mapping = {"domainName": "led.test", "restApiId": api, "stage": "live"}
    apis.create_base_path_mapping(**mapping)
    assert code_of(lambda: apis.create_base_path_mapping(**mapping)) == "ConflictException"
    for said in (
        refusal_of(lambda: apis.delete_rest_api(restApiId=api)),
        refusal_of(lambda: apis.delete_stage(restApiId=api, stageName="live")),
    ):
        assert said.endswith("in your domains: led.test")
    renewed = {"op": "replace", "path": "/regionalCertificateArn", "value": certificates[1]}
    apis.update_domain_name(domainName="led.test", patchOperations=[renewed])
    acm.delete_certificate(CertificateArn=certificates[0])
    assert code_of(lambda: acm.delete_certificate(CertificateArn=certificates[1])) == "ResourceInUseException"
    apis.delete_domain_name(domainName="led.test")
    apis.delete_rest_api(restApiId=api)
    acm.delete_certificate(CertificateArn=certificates[1])


@check(
    "plan_for_stages_that_are_there",
    "change_stages_and_limits_of_a_plan",
    "keep_a_plan_of_stages",
    "add_a_key_once",
)
def a_usage_plan_limits_stages_and_their_methods(aws: ClientFactory) -> None:
    apis = aws("apigateway")
    api = imported(aws)
    stage = {"apiId": api, "stage": "live"}
    assert code_of(lambda: apis.create_usage_plan(name="pets", apiStages=[stage])) == "NotFoundException"
    apis.create_stage(restApiId=api, stageName="live", deploymentId=apis.create_deployment(restApiId=api)["id"])
    plan = apis.create_usage_plan(name="pets", apiStages=[{**stage, "throttle": {"/pets/GET": {"burstLimit": 1}}}])["id"]

    def change(op: str, path: str, value: str) -> Any:
        changes = [{"op": op, "path": path, "value": value}]
        return apis.update_usage_plan(usagePlanId=plan, patchOperations=changes)

    assert change("replace", "/throttle/rateLimit", "2.5")["throttle"] == {"rateLimit": 2.5}
    assert change("replace", "/quota/limit", "9")["quota"]["limit"] == 9
    assert change("remove", "/apiStages", f"{api}:live")["apiStages"] == []
    change("add", "/apiStages", f"{api}:live")
    limited = change("replace", f"/apiStages/{api}:live/throttle//pets/GET/rateLimit", "1.5")["apiStages"]
    assert limited == [{**stage, "throttle": {"/pets/GET": {"rateLimit": 1.5}}}]
    assert code_of(lambda: change("add", "/apiStages", f"{api}:other")) == "NotFoundException"

    key = {"keyId": apis.create_api_key(name="pets")["id"], "keyType": "API_KEY", "usagePlanId": plan}
    apis.create_usage_plan_key(**key)
    assert code_of(lambda: apis.create_usage_plan_key(**key)) == "ConflictException"
    assert "associated" in refusal_of(lambda: apis.delete_usage_plan(usagePlanId=plan))
    change("remove", "/apiStages", f"{api}:live")
    apis.delete_usage_plan(usagePlanId=plan)
    assert code_of(lambda: apis.delete_usage_plan(usagePlanId=plan)) == "NotFoundException"
