"""What must be known of a service to say what a call of it needs to be allowed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Parameters = Mapping[str, Any]
Context = dict[str, str | list[str]]


@dataclass(frozen=True)
class Place:
    """Account and region that a call is made in."""

    account: str
    region: str

    def arn(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"

    def iam(self, resource: str) -> str:
        return f"arn:aws:iam::{self.account}:{resource}"


@dataclass(frozen=True)
class Known:
    """What the local AWS knows of a resource."""

    tags: Mapping[str, str] = field(default_factory=dict)
    policy: str | None = None
    """The resource's own policy, as JSON."""


@dataclass(frozen=True)
class Passed:
    """A role that a call hands to a service: the caller must be allowed iam:PassRole on it."""

    role: str
    """ARN."""
    to: str
    """Such as `ec2.amazonaws.com`."""


def _nothing(*_: Any) -> tuple[()]:
    return ()


def _unknown(*_: Any) -> Known:
    return Known()


def _no_context(*_: Any) -> Context:
    return {}


def _same(operation: str) -> str:
    return operation


@dataclass(frozen=True)
class Service:
    """Parameters that hold ARNs need no word here, but for those in `apart`: they are what the call acts on."""

    prefix: str
    """Of the service's actions and ARNs: `sqs`."""
    unasked: frozenset[str] = frozenset()
    """Operations that AWS asks no policy about."""
    action: Callable[[str], str] = _same
    """The action that an operation is asked as, where it is not named after it."""
    apart: frozenset[str] = frozenset()
    """Parameters that hold ARNs of what the call does not act on."""
    resources: Mapping[str, str] = field(default_factory=dict)
    """What follows the account in an ARN, by the parameter whose value stands in its place: `DBInstanceIdentifier`: `db:{}`."""
    find: Callable[[str, Parameters, Place], Iterable[str]] = _nothing
    """ARNs that a call names in another way, by operation and parameters."""
    known: Callable[[str, Place], Known] = _unknown
    """What is known of an ARN."""
    context: Callable[[str, Parameters, Place], Context] = _no_context
    """Condition keys of the service's own."""
    tagging: Callable[[str, Parameters, Place], Iterable[tuple[str, list[str], Context]]] = _nothing
    """Where a call gives tags to what it makes: the action that tags besides, ARNs, condition keys."""
    besides: Callable[[str, Parameters, Place], Iterable[tuple[str, list[str]]]] = _nothing
    """Actions of other services that a call needs besides, and ARNs."""
    passes: Callable[[str, Parameters, Place], Iterable[Passed]] = _nothing
    """Roles that a call hands on."""
