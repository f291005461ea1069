"""What patches read of policies: IAM takes a text or a list of texts, and one statement or a list of them."""

import json
from typing import Any


def as_list(value: Any) -> list[Any]:
    """Empty where there is none."""
    return [] if value is None else value if isinstance(value, list) else [value]


def statements_of(document: str | bytes) -> list[dict[str, Any]]:
    return as_list(json.loads(document)["Statement"])


def services_of(statement: dict[str, Any]) -> list[str]:
    """Services of AWS that a statement names as its principals; none where it is of everybody."""
    principal = statement.get("Principal")
    return as_list(principal.get("Service")) if isinstance(principal, dict) else []
