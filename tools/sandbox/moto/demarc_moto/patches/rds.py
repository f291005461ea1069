"""Database instances and parameter groups as Amazon RDS keeps them."""

import string
from collections.abc import Iterable
from typing import Any

from moto.core.responses import ActionResult
from moto.moto_api._internal import mock_random
from moto.rds.exceptions import DBParameterGroupNotFoundError, InvalidParameterCombination, RDSClientError
from moto.rds.models import DBInstance, DBParameterGroup, RDSBackend
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


WAIT_FOR_THE_WINDOW = (
    "db_instance_class",
    "engine_version",
    "allocated_storage",
    "storage_type",
    "iops",
    "storage_throughput",
    "multi_az",
)
"""What RDS changes in the maintenance window unless the request says ApplyImmediately, as far as Terraform's plans show it.
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html"""


@wrap(RDSBackend, "modify_db_instance")
def change_in_the_maintenance_window(
    original: Any, backend: RDSBackend, db_instance_identifier: str, db_kwargs: dict[str, Any]
) -> DBInstance:
    """moto changes everything at once, whatever ApplyImmediately says, and to any version with any parameter group.

    RDS keeps a change that takes the database away, or costs a move, until the maintenance window, and lists it as
    pending. A request that says ApplyImmediately makes the pending changes too. A new major version needs
    AllowMajorVersionUpgrade, and a parameter group of its family with it.
    """
    instance = backend.describe_db_instances(db_instance_identifier)[0]
    changes = {name: value for name, value in db_kwargs.items() if value is not None}
    pending = getattr(instance, "pending_modified_values", {})
    _check_upgrade(backend, instance, changes)
    if changes.get("apply_immediately"):
        changed = original(backend, db_instance_identifier, {**pending, **changes})
        changed.pending_modified_values = {}
        return changed
    waiting = {
        name: changes.pop(name)
        for name in WAIT_FOR_THE_WINDOW
        if name in changes and changes[name] != getattr(instance, name, None)
    }
    if "engine_version" in waiting and "db_parameter_group_name" in changes:
        # The group of the new version cannot serve the old one.
        waiting["db_parameter_group_name"] = changes.pop("db_parameter_group_name")
    changed = original(backend, db_instance_identifier, changes)
    changed.pending_modified_values = {**pending, **waiting}
    return changed


def _check_upgrade(backend: RDSBackend, instance: DBInstance, changes: dict[str, Any]) -> None:
    version = changes.get("engine_version", instance.engine_version)
    is_major = _family(instance.engine, version) != _family(instance.engine, instance.engine_version)
    if is_major and not changes.get("allow_major_version_upgrade"):
        raise InvalidParameterCombination(
            "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version."
        )
    name = changes.get("db_parameter_group_name", instance.db_parameter_group_name)
    group = backend.db_parameter_groups.get(name) if name else None
    wanted = _family(instance.engine, version)
    if group is not None and group.family != wanted:
        raise InvalidParameterCombination(
            f"The Parameter Group {name} with DBParameterGroupFamily {group.family} cannot be used for this instance. "
            f"Please use a Parameter Group with DBParameterGroupFamily {wanted}"
        )


def _family(engine: str, version: str) -> str:
    return f"{engine}{version.split('.')[0]}"


@wrap(RDSBackend, "delete_db_parameter_group")
def keep_a_parameter_group_in_use(original: Any, backend: RDSBackend, db_parameter_group_name: str) -> DBParameterGroup:
    """moto deletes a parameter group from under its instances; RDS refuses."""
    if any(each.db_parameter_group_name == db_parameter_group_name for each in backend.databases.values()):
        raise RDSClientError(
            "InvalidDBParameterGroupState",
            "One or more database instances are still members of this parameter group "
            f"{db_parameter_group_name}, so the group cannot be deleted",
        )
    return original(backend, db_parameter_group_name)


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
