"""Database instances and parameter groups as Amazon RDS keeps them."""

import string
from collections.abc import Iterable
from typing import Any

from moto.core.responses import ActionResult
from moto.moto_api._internal import mock_random
from moto.rds.exceptions import DBParameterGroupNotFoundError
from moto.rds.models import DBInstance, DBParameterGroup
from moto.rds.responses import RDSResponse

from ..patching import add, wrap

DEFAULT_CA = "rds-ca-rsa2048-g1"
"""The certificate authority that RDS takes for a new instance.
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html"""

DEFAULT_PERFORMANCE_INSIGHTS_RETENTION_DAYS = 7
"""https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"""


@wrap(DBInstance, "__init__")
def start_as_rds_does(original: Any, instance: DBInstance, *args: Any, **kwargs: Any) -> None:
    """moto gives every instance the same DbiResourceId and the authority `rds-ca-default`, and forgets
    Performance Insights.

    In RDS each instance has a resource id of its own (Terraform finds it by that, IAM names it in
    `rds-db:connect`), a new one has the authority rds-ca-rsa2048-g1 (with any other answer Terraform modifies it
    right away, which costs a second wait of 80 s), and Performance Insights is kept.
    """
    kwargs.setdefault("ca_certificate_identifier", DEFAULT_CA)
    original(instance, *args, **kwargs)
    alphabet = string.ascii_uppercase + string.digits
    instance.dbi_resource_id = "db-" + "".join(mock_random.choices(alphabet, k=26))
    _set_performance_insights(instance, kwargs)


@wrap(DBInstance, "update")
def change_performance_insights(original: Any, instance: DBInstance, *args: Any, **kwargs: Any) -> None:
    """moto ignores Performance Insights in ModifyDBInstance too; RDS turns it on, off and changes it."""
    original(instance, *args, **kwargs)
    _set_performance_insights(instance, kwargs)


def _set_performance_insights(instance: DBInstance, sent: dict[str, Any]) -> None:
    enabled = sent.get("enable_performance_insights")
    if enabled is not None:
        instance.performance_insights_enabled = enabled
    if not getattr(instance, "performance_insights_enabled", False):
        instance.performance_insights_enabled = False
        instance.performance_insights_kms_key_id = None
        instance.performance_insights_retention_period = None
        return
    for name, default in (
        ("performance_insights_kms_key_id", None),
        ("performance_insights_retention_period", DEFAULT_PERFORMANCE_INSIGHTS_RETENTION_DAYS),
    ):
        setattr(instance, name, sent.get(name) or getattr(instance, name, None) or default)


@wrap(DBParameterGroup, "update_parameters")
def mark_parameters_as_set_by_the_user(
    original: Any, group: DBParameterGroup, new_parameters: Iterable[dict[str, Any]]
) -> None:
    """moto returns a modified parameter without its Source.

    RDS says `user` for it, and Terraform takes only those for configured.
    """
    original(group, [{**parameter, "Source": "user"} for parameter in new_parameters])


@add(RDSResponse, "reset_db_parameter_group")
def reset_db_parameter_group(response: RDSResponse) -> ActionResult:
    """moto has no ResetDBParameterGroup, which Terraform sends for a parameter that left the configuration.

    RDS returns the named parameters, or all of them, to the engine's defaults; those, moto does not list.
    """
    name = response.params["DBParameterGroupName"]
    group = response.backend.db_parameter_groups.get(name)
    if group is None:
        raise DBParameterGroupNotFoundError(name)
    if response.params.get("ResetAllParameters"):
        group.parameters.clear()
    for parameter in response.params.get("Parameters", []):
        group.parameters.pop(parameter["ParameterName"], None)
    return ActionResult({"DBParameterGroupName": name})
