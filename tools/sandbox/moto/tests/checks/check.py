"""A check, and the list of all."""

from collections.abc import Callable
from typing import Any, NamedTuple

from botocore.exceptions import ClientError

ClientFactory = Callable[..., Any]
"""Gives a boto3 client for a service and, where it matters, a region."""


class Check(NamedTuple):
    """Passes where the server does as AWS does; fails with AssertionError or ClientError where it does not."""

    run: Callable[[ClientFactory], None]
    patches: tuple[str, ...]
    """Names of the patches (or switches of moto) that it takes."""


CHECKS: list[Check] = []


def check(*patches: str) -> Callable[[Callable[[ClientFactory], None]], Callable[[ClientFactory], None]]:
    """Register the decorated function as the check of these patches."""

    def register(run: Callable[[ClientFactory], None]) -> Callable[[ClientFactory], None]:
        CHECKS.append(Check(run, patches))
        return run

    return register


def code_of(call: Callable[[], Any]) -> str | None:
    """The code of the error that the call is refused with; None where it is served."""
    try:
        call()
    except ClientError as refused:
        return str(refused.response["Error"]["Code"])
    return None
