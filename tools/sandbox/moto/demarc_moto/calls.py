"""Who called what in this run, and what IAM knows of the roles that did."""

import json
from collections import Counter
from threading import Lock
from typing import Any

from moto.core.authorization import ActionAuthenticatorMixin
from moto.iam.models import IAMBackend, ManagedPolicy, Role, iam_backends
from moto.sts.models import sts_backends

_calls: Counter[tuple[str | None, str, str]] = Counter()
"""How often: by the ARN of the role that called (None: no session of a role), service as it was signed for, operation."""

_lock = Lock()


_serve = ActionAuthenticatorMixin._authenticate_and_authorize_action


def _record_and_serve(response: Any, *args: Any, **kwargs: Any) -> None:
    """Every service of moto asks here whether it may serve a call."""
    role = _role_of(response.get_access_key())
    operation = response._get_action()
    with _lock:
        _calls[role, response.service_name or "", operation[0] if isinstance(operation, list) else operation] += 1
    _serve(response, *args, **kwargs)


# No patch, as it mends nothing of moto.
setattr(ActionAuthenticatorMixin, "_authenticate_and_authorize_action", _record_and_serve)


def take_calls() -> dict[str, Any]:
    """Calls of each role with the policies that it has now, and how many calls nobody's role made."""
    with _lock:
        calls = dict(_calls)
    roles = sorted({role for role, _, _ in calls if role is not None})
    return {
        "roles": [{"role": role, **_policies_of(role), "calls": _calls_of(role, calls)} for role in roles],
        "others": sum(count for (role, _, _), count in calls.items() if role is None),
    }


def _calls_of(role: str, calls: dict[tuple[str | None, str, str], int]) -> list[dict[str, Any]]:
    return [
        {"service": service, "operation": operation, "count": count}
        for (caller, service, operation), count in sorted(calls.items(), key=str)
        if caller == role
    ]


def _role_of(access_key_id: str) -> str | None:
    for partitions in sts_backends.values():
        for backend in partitions.values():
            session = backend.get_assumed_role_from_access_key(access_key_id)
            if session is not None:
                return str(session.role_arn)
    return None


def _policies_of(arn: str) -> dict[str, Any]:
    """`exists` is false for a role that was deleted since: what it was allowed is gone with it."""
    for partitions in iam_backends.values():
        for backend in partitions.values():
            for role in backend.roles.values():
                if role.arn == arn:
                    return {"exists": True, **_identity(role), "boundary": _boundary(role, backend)}
    return {"exists": False, "policies": [], "boundary": None}


def _identity(role: Role) -> dict[str, Any]:
    inline = [_named(name, document) for name, document in role.policies.items()]
    attached = [_attached(policy) for policy in role.managed_policies.values()]
    return {"policies": inline + attached}


def _boundary(role: Role, backend: IAMBackend) -> dict[str, Any] | None:
    arn = role.permissions_boundary_arn
    policy = backend.managed_policies.get(arn) if arn else None
    return None if policy is None else _attached(policy)


def _attached(policy: ManagedPolicy) -> dict[str, Any]:
    version = next(version for version in policy.versions if version.version_id == policy.default_version_id)
    return _named(policy.arn, version.document)


def _named(name: str, document: str | dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "policy": json.loads(document) if isinstance(document, str) else document}
