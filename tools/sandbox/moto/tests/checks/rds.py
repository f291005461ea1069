from .check import ClientFactory, check, code_of

KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-3333-4444-555555555555"


@check("start_as_rds_does")
def every_instance_has_a_resource_id_of_its_own(aws: ClientFactory) -> None:
    instances = [_instance(aws, name) for name in ("first", "second")]
    assert instances[0]["DbiResourceId"] != instances[1]["DbiResourceId"]


@check("start_as_rds_does")
def a_new_instance_has_the_authority_of_today(aws: ClientFactory) -> None:
    assert _instance(aws, "authority")["CACertificateIdentifier"] == "rds-ca-rsa2048-g1"


@check("start_as_rds_does")
def performance_insights_are_kept_on_creation(aws: ClientFactory) -> None:
    instance = _instance(
        aws,
        "insights",
        EnablePerformanceInsights=True,
        PerformanceInsightsKMSKeyId=KEY,
        PerformanceInsightsRetentionPeriod=31,
    )
    assert _insights(instance) == (True, KEY, 31)


@check("change_performance_insights")
def performance_insights_can_change(aws: ClientFactory) -> None:
    _instance(aws, "changed")
    rds = aws("rds")
    changed = rds.modify_db_instance(DBInstanceIdentifier="changed", EnablePerformanceInsights=True)["DBInstance"]
    assert _insights(changed) == (True, None, 7)
    changed = rds.modify_db_instance(DBInstanceIdentifier="changed", PerformanceInsightsRetentionPeriod=31)[
        "DBInstance"
    ]
    assert _insights(changed) == (True, None, 31)
    changed = rds.modify_db_instance(DBInstanceIdentifier="changed", EnablePerformanceInsights=False)["DBInstance"]
    assert _insights(changed) == (False, None, None)


@check("change_in_the_maintenance_window")
def a_change_waits_for_the_window_unless_it_is_to_be_made_at_once(aws: ClientFactory) -> None:
    _instance(aws, "waiting")
    rds = aws("rds")
    change = {"DBInstanceIdentifier": "waiting", "DBInstanceClass": "db.m7g.large", "CopyTagsToSnapshot": True}
    waiting = rds.modify_db_instance(**change)["DBInstance"]
    assert (waiting["DBInstanceClass"], waiting["CopyTagsToSnapshot"]) == ("db.t4g.medium", True)
    assert waiting["PendingModifiedValues"] == {"DBInstanceClass": "db.m7g.large"}
    at_once = {"DBInstanceIdentifier": "waiting", "MultiAZ": True, "ApplyImmediately": True}
    changed = rds.modify_db_instance(**at_once)["DBInstance"]
    assert (changed["DBInstanceClass"], changed["MultiAZ"]) == ("db.m7g.large", True)
    assert changed.get("PendingModifiedValues", {}) == {}


@check("change_in_the_maintenance_window")
def a_major_version_needs_leave_and_a_parameter_group_of_its_family(aws: ClientFactory) -> None:
    rds = aws("rds")
    for version in ("17", "18"):
        rds.create_db_parameter_group(
            DBParameterGroupName=f"of-{version}", DBParameterGroupFamily=f"postgres{version}", Description="upgrade"
        )
    _instance(aws, "upgraded", DBParameterGroupName="of-17")
    upgrade = {"DBInstanceIdentifier": "upgraded", "EngineVersion": "18", "ApplyImmediately": True}
    lacking = ({"DBParameterGroupName": "of-18"}, {"AllowMajorVersionUpgrade": True})
    refusals = [code_of(lambda part=part: rds.modify_db_instance(**upgrade, **part)) for part in lacking]
    assert refusals == ["InvalidParameterCombination", "InvalidParameterCombination"]
    upgrade |= {"AllowMajorVersionUpgrade": True, "DBParameterGroupName": "of-18"}
    waiting = rds.modify_db_instance(**{**upgrade, "ApplyImmediately": False})["DBInstance"]
    assert (waiting["EngineVersion"], _group(waiting)) == ("17", "of-17")
    changed = rds.modify_db_instance(**upgrade)["DBInstance"]
    assert (changed["EngineVersion"], _group(changed)) == ("18", "of-18")


@check("keep_a_parameter_group_in_use")
def a_parameter_group_in_use_stays(aws: ClientFactory) -> None:
    rds = aws("rds")
    group = {"DBParameterGroupName": "used"}
    rds.create_db_parameter_group(**group, DBParameterGroupFamily="postgres17", Description="used")
    _instance(aws, "user", **group)
    assert code_of(lambda: rds.delete_db_parameter_group(**group)) == "InvalidDBParameterGroupState"
    rds.delete_db_instance(DBInstanceIdentifier="user", SkipFinalSnapshot=True)
    assert code_of(lambda: rds.delete_db_parameter_group(**group)) is None


@check("mark_parameters_as_set_by_the_user")
def a_modified_parameter_is_of_the_user(aws: ClientFactory) -> None:
    assert _parameters(aws, "source", "rds.force_ssl") == {"rds.force_ssl": "user"}


@check("reset_db_parameter_group")
def a_parameter_can_be_reset(aws: ClientFactory) -> None:
    _parameters(aws, "reset", "rds.force_ssl", "log_connections", "log_statement")
    rds = aws("rds")
    one = [{"ParameterName": "log_statement", "ApplyMethod": "immediate"}]
    rds.reset_db_parameter_group(DBParameterGroupName="reset", Parameters=one)
    left = rds.describe_db_parameters(DBParameterGroupName="reset")["Parameters"]
    assert {parameter["ParameterName"] for parameter in left} == {"rds.force_ssl", "log_connections"}
    rds.reset_db_parameter_group(DBParameterGroupName="reset", ResetAllParameters=True)
    assert rds.describe_db_parameters(DBParameterGroupName="reset")["Parameters"] == []


def _instance(aws: ClientFactory, name: str, **arguments: object) -> dict:
    return aws("rds").create_db_instance(
        DBInstanceIdentifier=name,
        Engine="postgres",
        EngineVersion="17",
        DBInstanceClass="db.t4g.medium",
        AllocatedStorage=20,
        **arguments,
    )["DBInstance"]


def _group(instance: dict) -> str:
    return instance["DBParameterGroups"][0]["DBParameterGroupName"]


def _insights(instance: dict) -> tuple:
    names = ("PerformanceInsightsEnabled", "PerformanceInsightsKMSKeyId", "PerformanceInsightsRetentionPeriod")
    return tuple(instance.get(name) for name in names)


def _parameters(aws: ClientFactory, group: str, *names: str) -> dict[str, str]:
    """Makes a group that sets these parameters; gives each one's source."""
    rds = aws("rds")
    rds.create_db_parameter_group(DBParameterGroupName=group, DBParameterGroupFamily="postgres17", Description=group)
    sent = [{"ParameterName": name, "ParameterValue": "1", "ApplyMethod": "immediate"} for name in names]
    rds.modify_db_parameter_group(DBParameterGroupName=group, Parameters=sent)
    kept = rds.describe_db_parameters(DBParameterGroupName=group)["Parameters"]
    return {parameter["ParameterName"]: parameter.get("Source", "") for parameter in kept}
