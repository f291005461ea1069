"""The account's settings, which API Gateway has one of in each region."""

from fnmatch import fnmatchcase
from typing import Any

from moto.apigateway.exceptions import BadRequestException
from moto.apigateway.models import APIGatewayBackend, Account

from ...judging.identity import policies_of, role_of
from ...patching import wrap
from ...policy_documents import as_list, services_of, statements_of

SERVICE = "apigateway.amazonaws.com"

NEEDED = (
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "logs:PutLogEvents",
)
"""Of AmazonAPIGatewayPushToCloudWatchLogs."""


@wrap(APIGatewayBackend, "update_account")
def take_a_role_that_may_write_logs(
    original: Any, backend: APIGatewayBackend, patch_operations: list[dict[str, Any]]
) -> Account:
    """moto takes any text for the ARN of a role, and fails at none; API Gateway tries the role before it takes it."""
    operations = [{**operation, "value": operation.get("value")} for operation in patch_operations]
    for operation in operations:
        arn = operation["value"]
        if operation["path"] == "/cloudwatchRoleArn" and arn and not _may_write_logs(arn):
            raise BadRequestException(
                "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway "
                "and add the required role policy."
            )
    account: Account = original(backend, operations)
    return account


def _may_write_logs(arn: str) -> bool:
    found = role_of(arn)
    if found is None:
        return False
    role, _ = found
    trusts = any(SERVICE in services_of(each) for each in _allowing(role.assume_role_policy_document))
    documents = [policy["document"] for policy in policies_of(role)]
    patterns = [action for each in documents for statement in _allowing(each) for action in as_list(statement.get("Action"))]
    return trusts and all(any(fnmatchcase(action, pattern) for pattern in patterns) for action in NEEDED)


def _allowing(document: str) -> list[dict[str, Any]]:
    return [statement for statement in statements_of(document) if statement["Effect"] == "Allow"]
