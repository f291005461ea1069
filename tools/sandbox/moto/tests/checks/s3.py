import json

from .check import ClientFactory, check

HTTPS_ONLY = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


@check("leave_out_conditional_statements")
def a_refusal_under_a_condition_leaves_the_bucket_usable(aws: ClientFactory) -> None:
    s3 = _bucket(aws, "conditions")
    _put_policy(s3, "conditions", HTTPS_ONLY)
    s3.put_object(Bucket="conditions", Key="state", Body=b"1")
    assert s3.get_object(Bucket="conditions", Key="state")["Body"].read() == b"1"


@check("keep_newer_noncurrent_versions", "return_newer_noncurrent_versions")
def a_lifecycle_keeps_the_number_of_newer_versions(aws: ClientFactory) -> None:
    s3 = _bucket(aws, "lifecycle")
    expiration = {"NoncurrentDays": 365, "NewerNoncurrentVersions": 50}
    rule = {"ID": "old", "Status": "Enabled", "Filter": {}, "NoncurrentVersionExpiration": expiration}
    s3.put_bucket_lifecycle_configuration(Bucket="lifecycle", LifecycleConfiguration={"Rules": [rule]})
    kept = s3.get_bucket_lifecycle_configuration(Bucket="lifecycle")["Rules"][0]
    assert kept["NoncurrentVersionExpiration"] == expiration


@check("return_the_log_key_format")
def access_logging_keeps_the_format_of_its_keys(aws: ClientFactory) -> None:
    s3 = _bucket(aws, "formatted")
    _put_policy(s3, "formatted", _let_logs_be_written("formatted"))
    for key_format in ({"PartitionedPrefix": {"PartitionDateSource": "EventTime"}}, {"SimplePrefix": {}}):
        enabled = {"TargetBucket": "formatted", "TargetPrefix": "own/", "TargetObjectKeyFormat": key_format}
        s3.put_bucket_logging(Bucket="formatted", BucketLoggingStatus={"LoggingEnabled": enabled})
        assert s3.get_bucket_logging(Bucket="formatted")["LoggingEnabled"] == enabled


@check("read_every_form_of_policy")
def the_statements_of_a_log_bucket_may_stand_in_any_order_and_form(aws: ClientFactory) -> None:
    s3 = _bucket(aws, "logged")
    enabled = {"TargetBucket": "logged", "TargetPrefix": "own/"}
    for form in (lambda value: value, lambda value: [value]):
        let = _let_logs_be_written("logged")
        let["Principal"] = {"Service": form(let["Principal"]["Service"])}
        let["Resource"], let["Action"] = form(let["Resource"]), form(let["Action"])
        _put_policy(s3, "logged", HTTPS_ONLY, let)
        s3.put_bucket_logging(Bucket="logged", BucketLoggingStatus={"LoggingEnabled": enabled})
    assert s3.get_bucket_logging(Bucket="logged")["LoggingEnabled"]["TargetBucket"] == "logged"


@check("dispose")
def a_bucket_with_delete_markers_can_be_emptied_after_its_versioning_was_suspended(aws: ClientFactory) -> None:
    s3 = _bucket(aws, "emptied")
    s3.put_bucket_versioning(Bucket="emptied", VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket="emptied", Key="state", Body=b"1")
    s3.delete_object(Bucket="emptied", Key="state")
    s3.put_bucket_versioning(Bucket="emptied", VersioningConfiguration={"Status": "Suspended"})
    listed = s3.list_object_versions(Bucket="emptied")
    versions = [
        {"Key": version["Key"], "VersionId": version["VersionId"]}
        for version in listed["Versions"] + listed["DeleteMarkers"]
    ]
    s3.delete_objects(Bucket="emptied", Delete={"Objects": versions})
    s3.delete_bucket(Bucket="emptied")


def _bucket(aws: ClientFactory, name: str):
    s3 = aws("s3")
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
    return s3


def _put_policy(s3, bucket: str, *statements: dict) -> None:
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))


def _let_logs_be_written(bucket: str) -> dict:
    return {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
