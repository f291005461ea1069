"""AWS WAF: a web ACL has its id in its ARN, and calls name it apart."""

from collections.abc import Iterable
from typing import Any

from moto.wafv2.models import wafv2_backends

from ..parameters import request_tags, tag_context
from ..service import Context, Known, Parameters, Place, Service

_KINDS = {"WebACL": "webacl", "IPSet": "ipset", "RuleGroup": "rulegroup", "RegexPatternSet": "regexpatternset"}


def _find(operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    kind = next((_KINDS[name] for name in _KINDS if operation.endswith(name)), None)
    if kind and "Name" in parameters:
        scope = "global" if parameters.get("Scope") == "CLOUDFRONT" else "regional"
        yield place.arn("wafv2", f"{scope}/{kind}/{parameters['Name']}/{parameters.get('Id', 'new')}")
    if "LoggingConfiguration" in parameters:
        yield parameters["LoggingConfiguration"]["ResourceArn"]
    if operation == "GetWebACLForResource" and (found := _associated(parameters["ResourceArn"], place)):
        yield found


def _associated(resource: str, place: Place) -> str | None:
    acls = wafv2_backends[place.account][place.region].wacls.values()
    return next((acl.arn for acl in acls if resource in acl.associated_resources), None)


def _known(arn: str, place: Place) -> Known:
    backend: Any = wafv2_backends[place.account][place.region]
    return Known(backend.tagging_service.get_tag_dict_for_resource(arn))


def _tagging(operation: str, parameters: Parameters, place: Place) -> Iterable[tuple[str, list[str], Context]]:
    context = tag_context(request_tags(dict(parameters)))
    if context and operation.startswith("Create"):
        yield "wafv2:TagResource", list(_find(operation, parameters, place)), context


def _besides(operation: str, parameters: Parameters, place: Place) -> Iterable[tuple[str, list[str]]]:
    """What stands behind a web ACL is asked by its own service too.
    https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html"""
    if operation in ("AssociateWebACL", "DisassociateWebACL"):
        resource = parameters["ResourceArn"]
        yield f"{'apigateway' if ':apigateway:' in resource else 'elasticloadbalancing'}:SetWebACL", [resource]
    if operation == "GetWebACLForResource" and (found := _associated(parameters["ResourceArn"], place)):
        yield "wafv2:GetWebACL", [found]
    if operation == "PutLoggingConfiguration":
        yield from ((f"logs:{action}", []) for action in ("CreateLogDelivery", "DeleteLogDelivery"))
        for destination in parameters["LoggingConfiguration"]["LogDestinationConfigs"]:
            yield from ((action, [destination]) for action in _OF_DESTINATIONS.get(destination.split(":")[2], ()))
    if operation == "DeleteLoggingConfiguration":
        yield "logs:DeleteLogDelivery", []


_OF_DESTINATIONS = {
    "firehose": ("firehose:ListDeliveryStreams",),
    "logs": ("logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy"),
    "s3": ("s3:GetBucketPolicy", "s3:PutBucketPolicy"),
}
"""What WAF does as whoever has a web ACL log there, by the destination's service.
https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html"""

WAFV2 = Service("wafv2", find=_find, known=_known, tagging=_tagging, besides=_besides)
