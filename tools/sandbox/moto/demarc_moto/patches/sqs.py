"""Queue attributes as Amazon SQS keeps and returns them."""

import json
from typing import Any

from moto.sqs.models import Queue

from ..patching import wrap, wrap_property

# moto does not know this attribute: GetQueueAttributes answers 400 to it.
Queue.BASE_ATTRIBUTES.append("RedriveAllowPolicy")
Queue.redrive_allow_policy = None


@wrap(Queue, "_set_attributes")
def set_only_what_is_sent(original: Any, queue: Queue, attributes: dict[str, Any], now: float | None = None) -> None:
    """moto drops the queue policy when another attribute is set.

    SetQueueAttributes changes only the attributes that it names; an empty text removes a policy.
    """
    if "Policy" not in attributes:
        attributes = {**attributes, "Policy": queue.policy}
    original(queue, attributes, now)


@wrap_property(Queue, "attributes")
def redrive_policies_as_compact_json(original: Any, queue: Queue) -> dict[str, Any]:
    """moto returns the redrive policy with spaces and shows absent policies as empty attributes.

    SQS returns compact JSON, which Terraform compares as text, and leaves out what is not set.
    """
    attributes = {name: value for name, value in original(queue).items() if value not in (None, "")}
    for name in ("RedrivePolicy", "RedriveAllowPolicy"):
        if name in attributes:
            attributes[name] = json.dumps(json.loads(attributes[name]), separators=(",", ":"))
    return attributes
