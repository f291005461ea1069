"""Log groups as CloudWatch Logs keeps them."""

from typing import Any

from moto.logs.exceptions import ResourceNotFoundException
from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse

from ..patching import add, wrap


@wrap(LogsResponse, "create_log_group")
def keep_the_log_group_class(original: Any, response: LogsResponse) -> str:
    """moto ignores logGroupClass and never returns one, so that Terraform replaces the group on every plan.

    CloudWatch Logs keeps the class and returns it, STANDARD where none was asked for.
    """
    body: str = original(response)
    group = response.logs_backend.groups[response._get_param("logGroupName")]
    group.log_group_class = response._get_param("logGroupClass")
    return body


@wrap(LogGroup, "to_describe_dict")
def describe_the_log_group_class(original: Any, group: LogGroup) -> dict[str, Any]:
    """See keep_the_log_group_class; groups that a service made for itself are STANDARD."""
    return {**original(group), "logGroupClass": getattr(group, "log_group_class", None) or "STANDARD"}


@add(LogsResponse, "associate_kms_key")
def associate_kms_key(response: LogsResponse) -> str:
    """moto has no AssociateKmsKey, which gives an existing log group another key."""
    _log_group(response).kms_key_id = response._get_param("kmsKeyId")
    return ""


@add(LogsResponse, "disassociate_kms_key")
def disassociate_kms_key(response: LogsResponse) -> str:
    """moto has no DisassociateKmsKey, which takes a log group's key away."""
    _log_group(response).kms_key_id = None
    return ""


def _log_group(response: LogsResponse) -> LogGroup:
    group: LogGroup | None = response.logs_backend.groups.get(response._get_param("logGroupName"))
    if group is None:
        raise ResourceNotFoundException()
    return group
