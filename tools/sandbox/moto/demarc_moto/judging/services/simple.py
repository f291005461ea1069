"""Services whose ARNs can be written from a call's parameters."""

from collections.abc import Iterable
from typing import Any

from moto.logs.models import logs_backends
from moto.rds.models import rds_backends
from moto.route53.models import route53_backends
from moto.sqs.models import sqs_backends

from ..parameters import pairs, request_tags, tag_context
from ..service import Context, Known, Parameters, Passed, Place, Service

Tagging = Iterable[tuple[str, list[str], Context]]


def _queues(_operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    if url := parameters.get("QueueUrl"):
        yield place.arn("sqs", url.rpartition("/")[2])


def _known_queue(arn: str, place: Place) -> Known:
    queue: Any = sqs_backends[place.account][place.region].queues.get(arn.rpartition(":")[2])
    return Known(dict(queue.tags), queue.policy or None) if queue else Known()


def _queue_tagging(operation: str, parameters: Parameters, place: Place) -> Tagging:
    context = tag_context(request_tags(dict(parameters)))
    if operation == "CreateQueue" and context:
        yield "sqs:TagQueue", [place.arn("sqs", parameters["QueueName"])], context


def _log_groups(_operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    group, stream = parameters.get("logGroupName"), parameters.get("logStreamName")
    if group:
        # The stars of policies on log groups match an ARN that ends with a stream's, as AWS writes it.
        yield place.arn("logs", f"log-group:{group}:log-stream:{stream or ''}")


def _known_log_group(arn: str, place: Place) -> Known:
    backend: Any = logs_backends[place.account][place.region]
    return Known(backend.tagger.get_tag_dict_for_resource(arn.partition(":log-stream:")[0]))


def _log_group_tagging(operation: str, parameters: Parameters, place: Place) -> Tagging:
    context = tag_context(request_tags(dict(parameters)))
    if operation == "CreateLogGroup" and context:
        yield "logs:TagResource", list(_log_groups(operation, parameters, place)), context


def _zones(operation: str, parameters: Parameters, _place: Place) -> Iterable[str]:
    # Its id is no sign: zones of moto have ids of any letters.
    kind = "change" if operation == "GetChange" else parameters.get("ResourceType", "hostedzone")
    for name in ("HostedZoneId", "Id", "ResourceId"):
        if value := parameters.get(name):
            yield f"arn:aws:route53:::{kind}/{value.rpartition('/')[2]}"


def _known_zone(arn: str, place: Place) -> Known:
    return Known(route53_backends[place.account]["aws"].list_tags_for_resource(arn.rpartition("/")[2]))


def _records(operation: str, parameters: Parameters, _place: Place) -> Context:
    if operation != "ChangeResourceRecordSets":
        return {}
    changes = parameters["ChangeBatch"]["Changes"]
    sets = [change["ResourceRecordSet"] for change in changes]
    return {
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": sorted({each["Name"].rstrip(".").lower() for each in sets}),
        "route53:ChangeResourceRecordSetsRecordTypes": sorted({each["Type"] for each in sets}),
        "route53:ChangeResourceRecordSetsActions": sorted({change["Action"] for change in changes}),
    }


def _known_database(arn: str, place: Place) -> Known:
    try:
        tags = rds_backends[place.account][place.region].list_tags_for_resource(arn)
    except Exception:
        # It is yet to be made.
        return Known()
    return Known(pairs(tags))


def _databases(operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    # Without a name it looks at all of them, whatever filters it has.
    if operation == "DescribeDBInstances" and "DBInstanceIdentifier" not in parameters:
        yield place.arn("rds", "db:*")


def _monitoring(_operation: str, parameters: Parameters, _place: Place) -> Iterable[Passed]:
    if role := parameters.get("MonitoringRoleArn"):
        yield Passed(role, "monitoring.rds.amazonaws.com")


def _documents(_operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    if name := parameters.get("Name") or parameters.get("ResourceId"):
        # AWS's own documents are no account's.
        owner = place.arn("ssm", f"document/{name}")
        yield owner.replace(f":{place.account}:", "::") if name.startswith("AWS-") else owner


_RDS = {
    "DBInstanceIdentifier": "db:{}",
    "DBParameterGroupName": "pg:{}",
    "DBSnapshotIdentifier": "snapshot:{}",
    "DBSubnetGroupName": "subgrp:{}",
    "OptionGroupName": "og:{}",
}

_MADE = {
    "CreateDBInstance": "DBInstanceIdentifier",
    "CreateDBParameterGroup": "DBParameterGroupName",
    "CreateDBSubnetGroup": "DBSubnetGroupName",
    "CreateOptionGroup": "OptionGroupName",
}
"""The parameter that names what an operation of RDS makes: it may name others too."""


def _database_tagging(operation: str, parameters: Parameters, place: Place) -> Tagging:
    context = tag_context(request_tags(dict(parameters)))
    name = _MADE.get(operation)
    if name and context:
        yield "rds:AddTagsToResource", [place.arn("rds", _RDS[name].format(parameters[name]))], context


ACM = Service("acm")
DYNAMODB = Service("dynamodb", resources={"TableName": "table/{}"})
LOGS = Service("logs", find=_log_groups, known=_known_log_group, tagging=_log_group_tagging)
RDS = Service(
    "rds", resources=_RDS, find=_databases, known=_known_database, tagging=_database_tagging, passes=_monitoring
)
ROUTE53 = Service("route53", find=_zones, known=_known_zone, context=_records)
SQS = Service(
    "sqs",
    resources={"QueueName": "{}"},
    find=_queues,
    known=_known_queue,
    tagging=_queue_tagging,
)
SSM = Service("ssm", find=_documents)
TAGGING = Service("tag")
