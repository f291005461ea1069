"""What the inventory must know of single classes of moto; every class without a rule is listed as it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

LISTED_AFTER_DELETION = "deleted; EC2 goes on listing it for about an hour"


def _never(_model: Any) -> bool:
    return False


def _not_kept(_model: Any) -> str | None:
    return None


def _no_parts(_model: Any) -> Iterable[Any]:
    return ()


@dataclass(frozen=True)
class Rule:
    """How instances of one class of moto appear in the inventory."""

    type: str | None = None
    """Name of the kind of resource; by default made from the class name."""
    id: Callable[[Any], str] | None = None
    """Gives the resource's id; by default its attribute `id`, the key that moto keeps it under, or its ARN."""
    made_by_aws: Callable[[Any], bool] = _never
    """True for what AWS puts into every account or VPC: it is left out."""
    kept: Callable[[Any], str | None] = _not_kept
    """Why AWS still shows a resource that was deleted; None for a live one."""
    parts: Callable[[Any], Iterable[Any]] = _no_parts
    """Resources that moto keeps inside this one."""


def _owned_by_another_account(model: Any) -> bool:
    return model.owner_id != model.ec2_backend.account_id


def _pending_deletion(key: Any) -> str | None:
    if key.key_state != "PendingDeletion":
        return None
    return f"pending deletion until {key.deletion_date:%Y-%m-%d}: KMS destroys no key at once"


def _scheduled_for_deletion(secret: Any) -> str | None:
    if not secret.is_deleted():
        return None
    return "scheduled for deletion: Secrets Manager keeps a secret for its recovery window"


def _is_automated_backup(snapshot: Any) -> bool:
    return bool(snapshot.snapshot_type == "automated")


def _is_backup_of_a_live_instance(snapshot: Any) -> bool:
    return _is_automated_backup(snapshot) and snapshot.database.resource_id in snapshot.backend.databases


def _automated_backup(snapshot: Any) -> str | None:
    if not _is_automated_backup(snapshot):
        return None
    return "automated backup of a deleted instance: RDS keeps it until its retention ends"


def _listed_after_deletion(state: str, *gone: str) -> Callable[[Any], str | None]:
    return lambda model: LISTED_AFTER_DELETION if str(getattr(model, state)) in gone else None


def _is_of_a_session(key: Any) -> bool:
    return bool(key.access_key_id.startswith("ASIA"))


def _records_beside_those_of_the_zone_itself(zone: Any) -> list[Any]:
    return [record for record in zone.rrsets if record.name != zone.name or record.type not in ("NS", "SOA")]


def _record_id(record: Any) -> str:
    """Name, type and, where it is one of several of its name, its set identifier."""
    return " ".join(part for part in (record.name, record.type, record.set_identifier) if part)


_left_out = Rule(made_by_aws=lambda _: True)
_by_arn = Rule(id=lambda model: model.arn)

RULES: dict[tuple[str, str], Rule] = {
    ("acm", "CertBundle"): Rule(type="certificate"),
    ("apigateway", "Account"): Rule(id=lambda _: "account", made_by_aws=lambda account: not account.cloudwatch_role_arn),
    ("apigateway", "BasePathMapping"): Rule(id=lambda mapping: f"{mapping.domain_name}/{mapping.base_path}"),
    ("autoscaling", "EC2Backend"): _left_out,
    ("ec2", "Ami"): Rule(made_by_aws=_owned_by_another_account),
    ("ec2", "FlowLogs"): Rule(type="flow-log"),
    ("ec2", "Instance"): Rule(kept=_listed_after_deletion("state", "terminated")),
    ("ec2", "ManagedPrefixList"): Rule(made_by_aws=_owned_by_another_account),
    ("ec2", "NatGateway"): Rule(kept=_listed_after_deletion("state", "deleted")),
    ("ec2", "NetworkAcl"): Rule(made_by_aws=lambda acl: str(acl.default).lower() == "true"),
    ("ec2", "RouteTable"): Rule(made_by_aws=lambda table: table.main_association_id is not None),
    ("ec2", "SecurityGroup"): Rule(made_by_aws=lambda group: group.is_default),
    ("ec2", "Snapshot"): Rule(made_by_aws=_owned_by_another_account),
    ("ec2", "Subnet"): Rule(made_by_aws=lambda subnet: str(subnet.default_for_az).lower() == "true"),
    ("ec2", "VPC"): Rule(made_by_aws=lambda vpc: vpc.is_default),
    ("ec2", "VPCEndPoint"): Rule(type="vpc-endpoint", kept=_listed_after_deletion("state", "deleted")),
    ("iam", "AWSManagedPolicy"): _left_out,
    ("iam", "AccessKey"): Rule(made_by_aws=_is_of_a_session),
    ("iam", "AccountSummary"): _left_out,
    ("iam", "InstanceProfile"): _by_arn,
    ("iam", "ManagedPolicy"): _by_arn,
    ("iam", "Role"): _by_arn,
    ("kms", "Alias"): Rule(
        id=lambda alias: alias.alias_name, made_by_aws=lambda alias: alias.alias_name.startswith("alias/aws/")
    ),
    ("kms", "Key"): Rule(
        made_by_aws=lambda key: any(name.startswith("alias/aws/") for name in key.aliases),
        kept=_pending_deletion,
        parts=lambda key: key.aliases.values(),
    ),
    ("rds", "DBParameterGroup"): Rule(made_by_aws=lambda group: group.name.startswith("default.")),
    ("rds", "DBSnapshot"): Rule(made_by_aws=_is_backup_of_a_live_instance, kept=_automated_backup),
    ("rds", "OptionGroup"): Rule(made_by_aws=lambda group: group.name.startswith("default:")),
    ("route53", "DelegationSet"): Rule(
        made_by_aws=lambda delegation: delegation.caller_reference.startswith("DelSet_")
    ),
    ("route53", "FakeZone"): Rule(
        type="hosted-zone", id=lambda zone: zone.resource_id, parts=_records_beside_those_of_the_zone_itself
    ),
    ("route53", "RecordSet"): Rule(type="record", id=_record_id),
    ("sts", "AssumedRole"): _left_out,
    ("sts", "Token"): _left_out,
    ("secretsmanager", "FakeSecret"): Rule(kept=_scheduled_for_deletion),
}
