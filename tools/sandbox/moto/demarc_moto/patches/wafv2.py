"""Web ACLs as AWS WAF associates and deletes them, and what they log to."""

import json
from typing import Any

from moto.apigateway.models import apigateway_backends
from moto.core.common_types import TYPE_RESPONSE
from moto.elbv2.models import elbv2_backends
from moto.wafv2.exceptions import WAFNonexistentItemException, WAFv2ClientError
from moto.wafv2.models import FakeLoggingConfiguration, FakeWebACL, WAFV2Backend
from moto.wafv2.responses import WAFV2Response

from ..gateway_arns import resource_of
from ..patching import add, wrap

LOG_DESTINATION = "aws-waf-logs-"
"""What the name of a log group, bucket or delivery stream begins with.
https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html"""


def _invalid_arn(field: str, arn: str) -> WAFv2ClientError:
    reason = "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes."
    return WAFv2ClientError("WAFInvalidParameterException", f"Error reason: {reason}, field: {field}, parameter: {arn}")


def _protectable(backend: WAFV2Backend, arn: str) -> bool:
    """Whether it is there. WAFInvalidParameterException for what WAF does not stand before."""
    region = backend.region_name
    if ":loadbalancer/app/" in arn:
        return arn in elbv2_backends[backend.account_id][region].load_balancers
    if ":apigateway:" in arn and "/stages/" in arn:
        return resource_of(apigateway_backends[backend.account_id][region], arn) is not None
    raise _invalid_arn("RESOURCE_ARN", arn)


@wrap(WAFV2Backend, "associate_web_acl")
def associate_one_web_acl_with_what_is_there(
    original: Any, backend: WAFV2Backend, web_acl_arn: str, resource_arn: str
) -> None:
    """moto associates anything, and a second web ACL beside the first; WAF replaces the first."""
    if not _protectable(backend, resource_arn):
        raise WAFNonexistentItemException()
    if web_acl_arn in backend.wacls:
        backend.disassociate_web_acl(resource_arn)
    original(backend, web_acl_arn, resource_arn)


@wrap(WAFV2Backend, "get_web_acl_for_resource")
def protect_only_what_is_there(original: Any, backend: WAFV2Backend, resource_arn: str) -> FakeWebACL | None:
    """moto answers for what has gone, and for what never was."""
    if not _protectable(backend, resource_arn):
        raise WAFNonexistentItemException()
    found: FakeWebACL | None = original(backend, resource_arn)
    return found


@add(WAFV2Response, "list_resources_for_web_acl")
def list_resources_for_web_acl(response: WAFV2Response) -> TYPE_RESPONSE:
    """moto has no ListResourcesForWebACL, which tells what a web ACL protects, of one kind, load balancers by default."""
    backend, body = response.wafv2_backend, json.loads(response.body)
    kind = ":apigateway:" if body.get("ResourceType") == "API_GATEWAY" else ":elasticloadbalancing:"
    resources = backend.get_web_acl(body["WebACLArn"], None, None).associated_resources
    return 200, {}, json.dumps({"ResourceArns": [each for each in resources if kind in each and _protectable(backend, each)]})


@wrap(WAFV2Backend, "update_web_acl")
def take_the_last_rule_away(
    original: Any, backend: WAFV2Backend, name: str, _id: str, default_action: Any, rules: Any, *more: Any
) -> str:
    """moto keeps the rules of a web ACL that is to have none; what is not in the request WAF takes away."""
    token: str = original(backend, name, _id, default_action, rules, *more)
    if not rules:
        backend.get_web_acl(None, name, _id).rules = []
    return token


@wrap(WAFV2Backend, "delete_web_acl")
def keep_an_associated_web_acl(
    original: Any, backend: WAFV2Backend, name: str, scope: str, _id: str, lock_token: str
) -> None:
    """moto deletes a web ACL from what it protects, and leaves its logging configuration."""
    acl = backend.get_web_acl(None, name, _id)
    if any(_protectable(backend, resource) for resource in acl.associated_resources):
        raise WAFv2ClientError(
            "WAFAssociatedItemException",
            "AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s "
            "associated with another resource.",
        )
    original(backend, name, scope, _id, lock_token)
    backend.logging_configurations.pop(acl.arn, None)


@wrap(WAFV2Backend, "put_logging_configuration")
def log_where_waf_may(
    original: Any, backend: WAFV2Backend, arn: str, log_destination_configs: list[str], *more: Any
) -> FakeLoggingConfiguration:
    """moto logs anything anywhere; WAF a web ACL that is there, to a destination whose name says that it is for WAF."""
    if arn not in backend.wacls:
        raise WAFNonexistentItemException()
    for destination in log_destination_configs:
        if not destination.split(":")[-1].rpartition("/")[2].startswith(LOG_DESTINATION):
            raise _invalid_arn("LOG_DESTINATION", destination)
    configuration: FakeLoggingConfiguration = original(backend, arn, log_destination_configs, *more)
    return configuration
