from .check import ClientFactory, check


@check("keep_the_log_group_class")
def a_log_group_keeps_the_class_that_was_asked_for(aws: ClientFactory) -> None:
    logs = aws("logs")
    logs.create_log_group(logGroupName="/class/asked", logGroupClass="INFREQUENT_ACCESS")
    assert _group(aws, "/class/asked").get("logGroupClass") == "INFREQUENT_ACCESS"


@check("describe_the_log_group_class")
def a_log_group_is_standard_by_default(aws: ClientFactory) -> None:
    aws("logs").create_log_group(logGroupName="/class/default")
    assert _group(aws, "/class/default").get("logGroupClass") == "STANDARD"


@check("associate_kms_key")
def an_existing_log_group_takes_a_key(aws: ClientFactory) -> None:
    logs, key = aws("logs"), aws("kms").create_key()["KeyMetadata"]["Arn"]
    logs.create_log_group(logGroupName="/key/taken")
    logs.associate_kms_key(logGroupName="/key/taken", kmsKeyId=key)
    assert _group(aws, "/key/taken")["kmsKeyId"] == key


@check("disassociate_kms_key")
def an_existing_log_group_gives_its_key_back(aws: ClientFactory) -> None:
    logs, key = aws("logs"), aws("kms").create_key()["KeyMetadata"]["Arn"]
    logs.create_log_group(logGroupName="/key/given", kmsKeyId=key)
    logs.disassociate_kms_key(logGroupName="/key/given")
    assert "kmsKeyId" not in _group(aws, "/key/given")


def _group(aws: ClientFactory, name: str) -> dict[str, str]:
    group: dict[str, str] = aws("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]
    return group
