"""Bucket policies, lifecycle and access logging as Amazon S3 keeps and applies them."""

import json
from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import LOGGING_SERVICE_PRINCIPAL, FakeBucket, FakeDeleteMarker
from moto.s3.responses import S3Response

from ..judging import judge
from ..patching import add, wrap
from ..policy_documents import as_list, services_of, statements_of


@wrap(FakeBucket, "get_permission")
def leave_out_conditional_statements(
    _original: Any, bucket: FakeBucket, action: str, resource: str
) -> PermissionResult:
    """moto takes a Deny with a condition for one without: a bucket that refuses plain HTTP or foreign keys answers
    403 to everybody.

    In IAM a statement applies only when its conditions hold, and to its principals. moto knows nothing of the request here, so
    that statements with a condition are left out; those without one keep their effect. Where a judge is asked, it alone decides.
    """
    if not bucket.policy or judge.URL:
        return PermissionResult.NEUTRAL
    policy = json.loads(bucket.policy)
    statements = [statement for statement in as_list(policy["Statement"]) if not statement.get("Condition")]
    document = json.dumps({**policy, "Statement": statements})
    return IAMPolicy(document).is_action_permitted(action, resource)


@wrap(FakeBucket, "set_lifecycle")
def keep_newer_noncurrent_versions(original: Any, bucket: FakeBucket, rules: list[dict[str, Any]]) -> None:
    """moto forgets NoncurrentVersionExpiration.NewerNoncurrentVersions.

    S3 returns it; without it Terraform waits three minutes for the configuration to appear and then fails.
    """
    original(bucket, rules)
    for kept, sent in zip(bucket.rules, rules, strict=True):
        kept.newer_noncurrent_versions = (sent.get("NoncurrentVersionExpiration") or {}).get("NewerNoncurrentVersions")


@wrap(S3Response, "get_bucket_lifecycle")
def return_newer_noncurrent_versions(original: Any, response: S3Response) -> Any:
    """moto does not return NewerNoncurrentVersions, which keep_newer_noncurrent_versions keeps."""

    def amend(answer: dict[str, Any]) -> None:
        kept = response.backend.get_bucket_lifecycle(response.bucket_name)
        for shown, rule in zip(answer["Rules"], kept, strict=True):
            if rule.newer_noncurrent_versions:
                shown["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] = rule.newer_noncurrent_versions

    return _amended(original, response, amend)


@wrap(S3Response, "get_bucket_logging")
def return_the_log_key_format(original: Any, response: S3Response) -> Any:
    """moto does not return TargetObjectKeyFormat, so that Terraform plans to set it again; S3 does."""

    def amend(answer: dict[str, Any]) -> None:
        kept = response.backend.get_bucket_logging(response.bucket_name).get("TargetObjectKeyFormat")
        if kept:
            formats = {name: settings or {} for name, settings in kept.items()}
            answer["LoggingEnabled"]["TargetObjectKeyFormat"] = formats

    return _amended(original, response, amend)


@wrap(FakeBucket, "_log_permissions_enabled_policy")
def read_every_form_of_policy(_original: Any, target_bucket: FakeBucket, target_prefix: str | None) -> bool:
    """moto answers 500 when the log bucket's policy has a statement with the principal "*" before the one that
    lets the logging service write, and overlooks principals and resources that are lists.

    A policy may give each of them as a text or as a list, and statements in any order.
    """
    bucket_arn = f"arn:{target_bucket.partition}:s3:::{target_bucket.name}"
    resources = {bucket_arn, f"{bucket_arn}/*", f"{bucket_arn}/{target_prefix or ''}*"}
    statements = statements_of(target_bucket.policy) if target_bucket.policy else []
    return any(
        statement.get("Effect") == "Allow"
        and LOGGING_SERVICE_PRINCIPAL in services_of(statement)
        and not {"s3:PutObject", "s3:*"}.isdisjoint(as_list(statement.get("Action")))
        and not resources.isdisjoint(as_list(statement.get("Resource")))
        for statement in statements
    )


@add(FakeDeleteMarker, "dispose")
def dispose(_marker: FakeDeleteMarker) -> None:
    """moto answers 500 when a bucket whose versioning was suspended is emptied and has delete markers.

    moto closes the file of each version that it removes; a delete marker has none. Terraform suspends the
    versioning before it empties a bucket.
    """


def _amended(original: Any, response: S3Response, amend: Callable[[dict[str, Any]], None]) -> Any:
    """The response of `original`, with `amend` applied to its result just before that is serialized."""
    serialize = response.serialized

    def amend_and_serialize(answer: ActionResult) -> Any:
        if isinstance(answer.result, dict) and answer.result:
            amend(answer.result)
        return serialize(answer)

    response.serialized = amend_and_serialize
    try:
        return original(response)
    finally:
        del response.serialized
