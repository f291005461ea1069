"""Records and query logging as Route 53 keeps them."""

from collections.abc import Mapping
from typing import Any

from moto.route53.exceptions import Route53ClientError
from moto.route53.models import QueryLoggingConfig, RecordSet, Route53Backend

from ..patching import wrap


@wrap(Route53Backend, "create_query_logging_config")
def accept_log_group_arns_without_suffix(
    original: Any, backend: Route53Backend, hosted_zone_id: str, log_group_arn: str
) -> QueryLoggingConfig:
    """moto knows a log group only by its ARN with `:*` at the end.

    Route 53 takes the ARN with or without the suffix and returns it as it was sent.
    """
    suffix = ":*"
    config: QueryLoggingConfig = original(backend, hosted_zone_id, log_group_arn.removesuffix(suffix) + suffix)
    config.cloud_watch_logs_log_group_arn = log_group_arn
    return config


Key = tuple[str, str, str | None]
"""Name with a dot at its end, type and set identifier: no two records of a zone have the same."""


@wrap(Route53Backend, "change_resource_record_sets")
def delete_the_named_record_of_a_set(
    original: Any, backend: Route53Backend, zoneid: str, change_list: list[dict[str, Any]]
) -> None:
    """moto deletes all records of a zone that have the set identifier; Route 53 the one of that name and type."""
    zone = backend.get_hosted_zone(zoneid)
    before, changed = list(zone.rrsets), {_key(change["ResourceRecordSet"]) for change in change_list}
    original(backend, zoneid, change_list)
    zone.rrsets += [each for each in before if each not in zone.rrsets and _key(_described(each)) not in changed]


@wrap(Route53Backend, "change_resource_record_sets")
def refuse_records_that_cannot_stand_together(
    original: Any, backend: Route53Backend, zoneid: str, change_list: list[dict[str, Any]]
) -> None:
    """moto takes a simple record beside weighted ones, weighted ones of different TTLs, any beside a CNAME, and what exists.

    Route 53 refuses the batch, and looks at what would stand after it.
    """
    zone = backend.get_hosted_zone(zoneid)
    records = {_key(record): record for record in map(_described, zone.rrsets)}
    faults = []
    for change in change_list:
        key = _key(change["ResourceRecordSet"])
        if change["Action"] == "CREATE" and key in records:
            faults.append(f"Tried to create resource record set {_named(key)} but it already exists")
        if change["Action"] == "DELETE" and records.pop(key, None) is None:
            faults.append(f"Tried to delete resource record set {_named(key)} but it was not found")
        if change["Action"] in ("CREATE", "UPSERT"):
            records[key] = change["ResourceRecordSet"]
    changed = {_key(change["ResourceRecordSet"]): None for change in change_list}
    standing = [key for key in changed if key in records]
    faults += [fault for key in standing if (fault := _cname_conflict(key, records, zone.name) or _conflict(key, records))]
    if faults:
        raise Route53ClientError("InvalidChangeBatch", f"[{', '.join(faults)}]")
    original(backend, zoneid, change_list)


@wrap(Route53Backend, "change_resource_record_sets")
def write_asterisks_as_route53_does(
    original: Any, backend: Route53Backend, zoneid: str, change_list: list[dict[str, Any]]
) -> None:
    """moto keeps a wildcard's name as it is sent; Route 53 takes `*` and `\\052` for the same, and answers with the second."""
    for change in change_list:
        record = change["ResourceRecordSet"]
        record["Name"] = record["Name"].replace("*", "\\052")
    original(backend, zoneid, change_list)


def _described(record: RecordSet) -> Mapping[str, Any]:
    described = {"Name": record.name, "Type": record.type, "SetIdentifier": record.set_identifier}
    return described | {"Weight": record.weight, "TTL": record.ttl}


def _key(record: Mapping[str, Any]) -> Key:
    return record["Name"].rstrip(".") + ".", record["Type"], record.get("SetIdentifier")


def _named(key: Key) -> str:
    identifier = f", set-identifier='{key[2]}'" if key[2] else ""
    return f"[name='{key[0]}', type='{key[1]}'{identifier}]"


def _cname_conflict(key: Key, records: Mapping[Key, Mapping[str, Any]], zone: str) -> str | None:
    """A CNAME stands alone."""
    name, kind, _ = key
    others = {other[1] for other in records if other[0] == name} - {kind}
    if kind == "CNAME" and others:
        rule = "is not permitted as it conflicts with other records with the same DNS name"
        return f"RRSet of type CNAME with DNS name {name} {rule} in zone {zone}"
    if "CNAME" in others:
        rule = "is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists"
        return f"RRSet of type {kind} with DNS name {name} {rule} in zone {zone}"
    return None


def _conflict(key: Key, records: Mapping[Key, Mapping[str, Any]]) -> str | None:
    name, kind, identifier = key
    others = [record for other, record in records.items() if other[:2] == key[:2] and other != key]
    record = f"RRSet with DNS name {name}, type {kind}"
    if identifier is None:
        return f"{record} cannot be created as other RRSets exist with the same name and type." if others else None
    record = f"{record}, SetIdentifier {identifier} cannot be created as"
    if records[key].get("Weight") is not None and any(other.get("Weight") is None for other in others):
        return f"{record} a non-weighted set exists with the same name and type."
    if len({str(each["TTL"]) for each in (records[key], *others) if each.get("TTL") is not None}) > 1:
        return f"{record} weighted sets must contain the same TTL."
    return None
