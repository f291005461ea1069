"""Log groups as CloudWatch Logs keeps them."""

from typing import Any

from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse

from ..patching import wrap


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
