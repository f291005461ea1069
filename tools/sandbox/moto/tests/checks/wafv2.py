from .check import ClientFactory, check, code_of
from .elbv2 import load_balancer

VISIBLE = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "pets"}


def _acl(aws: ClientFactory, name: str) -> dict[str, str]:
    made = aws("wafv2").create_web_acl(
        Name=name, Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=VISIBLE
    )["Summary"]
    return {"Name": name, "Id": made["Id"], "LockToken": made["LockToken"], "ARN": made["ARN"]}


def _delete(aws: ClientFactory, acl: dict[str, str]) -> None:
    aws("wafv2").delete_web_acl(Scope="REGIONAL", Name=acl["Name"], Id=acl["Id"], LockToken=acl["LockToken"])


@check("associate_one_web_acl_with_what_is_there", "protect_only_what_is_there", "keep_an_associated_web_acl", "list_resources_for_web_acl")
def a_web_acl_stays_while_it_protects_something(aws: ClientFactory) -> None:
    waf = aws("wafv2")
    first, second = _acl(aws, "first"), _acl(aws, "second")
    balancer = load_balancer(aws, "protected")["LoadBalancerArn"]

    def associate(acl: dict[str, str], resource: str) -> str | None:
        return code_of(lambda: waf.associate_web_acl(WebACLArn=acl["ARN"], ResourceArn=resource))

    assert associate(first, f"{balancer}0") == "WAFNonexistentItemException"
    network = load_balancer(aws, "unprotected", Type="network")["LoadBalancerArn"]
    assert associate(first, network) == "WAFInvalidParameterException"
    assert associate(first, balancer) is None
    assert code_of(lambda: _delete(aws, first)) == "WAFAssociatedItemException"
    assert associate(second, balancer) is None
    assert waf.get_web_acl_for_resource(ResourceArn=balancer)["WebACL"]["ARN"] == second["ARN"]
    assert waf.list_resources_for_web_acl(WebACLArn=first["ARN"])["ResourceArns"] == []
    assert waf.list_resources_for_web_acl(WebACLArn=second["ARN"])["ResourceArns"] == [balancer]
    assert waf.list_resources_for_web_acl(WebACLArn=second["ARN"], ResourceType="API_GATEWAY")["ResourceArns"] == []
    _delete(aws, first)
    assert code_of(lambda: _delete(aws, second)) == "WAFAssociatedItemException"
    aws("elbv2").delete_load_balancer(LoadBalancerArn=balancer)
    assert code_of(lambda: waf.get_web_acl_for_resource(ResourceArn=balancer)) == "WAFNonexistentItemException"
    _delete(aws, second)


@check("log_where_waf_may", "keep_an_associated_web_acl")
def a_web_acl_logs_to_what_is_named_for_it(aws: ClientFactory) -> None:
    waf, acl = aws("wafv2"), _acl(aws, "logged")

    def log(acl_arn: str, group: str) -> str | None:
        destination = f"arn:aws:logs:ap-northeast-1:123456789012:log-group:{group}"
        configuration = {"ResourceArn": acl_arn, "LogDestinationConfigs": [destination]}
        return code_of(lambda: waf.put_logging_configuration(LoggingConfiguration=configuration))

    assert log(acl["ARN"], "pets") == "WAFInvalidParameterException"
    assert log(f"{acl['ARN']}0", "aws-waf-logs-pets") == "WAFNonexistentItemException"
    assert log(acl["ARN"], "aws-waf-logs-pets") is None
    _delete(aws, acl)
    assert waf.list_logging_configurations(Scope="REGIONAL")["LoggingConfigurations"] == []


@check("take_the_last_rule_away")
def a_web_acl_loses_its_last_rule(aws: ClientFactory) -> None:
    waf = aws("wafv2")
    described = {"Name": "ruled", "Scope": "REGIONAL", "DefaultAction": {"Allow": {}}, "VisibilityConfig": VISIBLE}
    statement = {"RateBasedStatement": {"Limit": 1000, "AggregateKeyType": "IP"}}
    rule = {"Name": "rate", "Priority": 0, "Action": {"Block": {}}, "Statement": statement, "VisibilityConfig": VISIBLE}
    made = waf.create_web_acl(**described, Rules=[rule])["Summary"]
    waf.update_web_acl(**described, Id=made["Id"], LockToken=made["LockToken"])
    assert waf.get_web_acl(Name="ruled", Scope="REGIONAL", Id=made["Id"])["WebACL"]["Rules"] == []
