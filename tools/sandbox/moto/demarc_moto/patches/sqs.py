"""Queue attributes as Amazon SQS keeps and returns them."""

import json
from typing import Any

from moto.sqs.models import Queue

from ..patching import wrap, wrap_property

Queue.BASE_ATTRIBUTES.append("RedriveAllowPolicy")


@wrap(Queue, "_set_attributes")
def set_only_what_is_sent(original: Any, queue: Queue, attributes: dict[str, Any], now: float | None = None) -> None:
    """moto drops the queue policy when another attribute is set, and does not know RedriveAllowPolicy.

    SetQueueAttributes changes only the attributes that it names; an empty text removes a policy.
    """
    if "Policy" not in attributes:
        attributes = {**attributes, "Policy": queue.policy}
    if "RedriveAllowPolicy" not in attributes:
        attributes = {**attributes, "RedriveAllowPolicy": getattr(queue, "redrive_allow_policy", None)}
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
