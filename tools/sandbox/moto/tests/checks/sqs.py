import json

from .check import ClientFactory, check

TLS_ONLY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Deny",
                "Principal": "*",
                "Action": "sqs:*",
                "Resource": "*",
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }
)


@check("set_only_what_is_sent")
def setting_one_attribute_leaves_the_queue_policy(aws: ClientFactory) -> None:
    sqs = aws("sqs")
    url = sqs.create_queue(QueueName="policy", Attributes={"Policy": TLS_ONLY})["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "60"})
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]["Policy"] == TLS_ONLY


@check("set_only_what_is_sent")
def setting_one_attribute_leaves_the_redrive_allow_policy(aws: ClientFactory) -> None:
    sqs = aws("sqs")
    allowed = json.dumps({"redrivePermission": "denyAll"}, separators=(",", ":"))
    url = sqs.create_queue(QueueName="allow", Attributes={"RedriveAllowPolicy": allowed})["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "60"})
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["RedriveAllowPolicy"])["Attributes"]
    assert attributes["RedriveAllowPolicy"] == allowed


@check("redrive_policies_as_compact_json")
def a_redrive_policy_comes_back_as_compact_json(aws: ClientFactory) -> None:
    sqs = aws("sqs")
    sqs.create_queue(QueueName="dead")
    policy = {"deadLetterTargetArn": "arn:aws:sqs:ap-northeast-1:123456789012:dead", "maxReceiveCount": 5}
    url = sqs.create_queue(QueueName="main", Attributes={"RedrivePolicy": json.dumps(policy)})["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])["Attributes"]
    assert attributes["RedrivePolicy"] == json.dumps(policy, separators=(",", ":"))
