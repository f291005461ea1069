from typing import Any

from .check import ClientFactory, check, code_of


@check("accept_log_group_arns_without_suffix")
def queries_are_logged_to_a_group_named_without_suffix(aws: ClientFactory) -> None:
    route53 = aws("route53")
    zone = route53.create_hosted_zone(Name="logged.test", CallerReference="logged")["HostedZone"]["Id"]
    arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/logged.test"
    aws("logs", "us-east-1").create_log_group(logGroupName="/aws/route53/logged.test")
    config = route53.create_query_logging_config(HostedZoneId=zone, CloudWatchLogsLogGroupArn=arn)
    assert config["QueryLoggingConfig"]["CloudWatchLogsLogGroupArn"] == arn


def _zone(aws: ClientFactory, name: str) -> str:
    return str(aws("route53").create_hosted_zone(Name=name, CallerReference=name)["HostedZone"]["Id"])


def _change(aws: ClientFactory, zone: str, *changes: tuple[str, dict[str, Any]]) -> None:
    batch = [{"Action": action, "ResourceRecordSet": record} for action, record in changes]
    aws("route53").change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": batch})


def _record(name: str, **more: Any) -> dict[str, Any]:
    return {"Name": name, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}], **more}


@check("delete_the_named_record_of_a_set")
def the_other_records_of_a_set_identifier_stay(aws: ClientFactory) -> None:
    zone = _zone(aws, "weighted.test")
    one, other = (_record(f"{name}.weighted.test", SetIdentifier="a-alb", Weight=100) for name in ("one", "other"))
    _change(aws, zone, ("CREATE", one), ("CREATE", other))
    _change(aws, zone, ("DELETE", one))
    records = aws("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    assert [each["Name"] for each in records if each["Type"] == "A"] == ["other.weighted.test."]


@check("refuse_records_that_cannot_stand_together")
def simple_and_weighted_records_are_not_mixed(aws: ClientFactory) -> None:
    zone = _zone(aws, "mixed.test")
    simple = _record("mixed.test")
    weighted = {**simple, "SetIdentifier": "a", "Weight": 1}

    def refused(*changes: tuple[str, dict[str, Any]]) -> str | None:
        return code_of(lambda: _change(aws, zone, *changes))

    assert refused(("CREATE", simple)) is None
    assert refused(("CREATE", weighted)) == "InvalidChangeBatch"
    assert refused(("UPSERT", weighted)) == "InvalidChangeBatch"
    assert refused(("DELETE", simple), ("CREATE", weighted)) is None
    assert refused(("UPSERT", simple)) == "InvalidChangeBatch"
    assert refused(("CREATE", {**weighted, "Weight": 2})) == "InvalidChangeBatch"
    assert refused(("CREATE", {**weighted, "SetIdentifier": "b", "TTL": 300})) == "InvalidChangeBatch"
    assert refused(("CREATE", {**weighted, "SetIdentifier": "b"})) is None
    assert refused(("DELETE", {**weighted, "SetIdentifier": "c"})) == "InvalidChangeBatch"
    assert refused(*(("UPSERT", {**weighted, "SetIdentifier": each, "TTL": 300}) for each in "ab")) is None


@check("refuse_records_that_cannot_stand_together")
def a_cname_stands_alone(aws: ClientFactory) -> None:
    zone = _zone(aws, "alone.test")
    address = _record("web.alone.test")
    cname = {**address, "Type": "CNAME", "ResourceRecords": [{"Value": "web.example.com"}]}
    _change(aws, zone, ("CREATE", cname))
    assert code_of(lambda: _change(aws, zone, ("UPSERT", address))) == "InvalidChangeBatch"
    _change(aws, zone, ("DELETE", cname), ("CREATE", address))
    assert code_of(lambda: _change(aws, zone, ("CREATE", cname))) == "InvalidChangeBatch"


@check("write_asterisks_as_route53_does")
def a_wildcard_is_named_by_its_octal_code(aws: ClientFactory) -> None:
    zone = _zone(aws, "wild.test")
    wildcard = _record("*.wild.test")
    _change(aws, zone, ("CREATE", wildcard))
    records = aws("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    assert [each["Name"] for each in records if each["Type"] == "A"] == ["\\052.wild.test."]
    assert code_of(lambda: _change(aws, zone, ("CREATE", wildcard))) == "InvalidChangeBatch"
    _change(aws, zone, ("DELETE", wildcard))
