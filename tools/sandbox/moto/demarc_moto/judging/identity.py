"""What IAM knows of whoever calls."""

import json
import re
from collections.abc import Mapping
from typing import Any

from moto.core.responses import BaseResponse
from moto.iam.models import IAMBackend, ManagedPolicy, Role, User, iam_backends
from moto.sts.models import AssumedRole, sts_backends

from .parameters import pairs

SESSION_TAGS = "demarc_tags"
"""Where a session keeps the tags that it was given."""


def keep_tags(session: AssumedRole, tags: Mapping[str, str]) -> None:
    """Tags that STS was given for a session: moto drops them. No API tells them; only the judge is to know them."""
    setattr(session, SESSION_TAGS, tags)


_SERVICE = re.compile(r"Credential=([a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com)/")
"""In Authorization, where a part of the sandbox acts for an AWS service: the service's name stands for its access key."""


def service_of(response: BaseResponse) -> str | None:
    """The service of AWS that calls, such as `eks.amazonaws.com`; None for any other caller."""
    service = _SERVICE.search(response.headers.get("Authorization", ""))
    return None if service is None else service[1]


def session_of(access_key_id: str) -> AssumedRole | None:
    """The session of a role that STS gave with an access key; None for a key of another kind."""
    for partitions in sts_backends.values():
        for backend in partitions.values():
            session: AssumedRole | None = backend.get_assumed_role_from_access_key(access_key_id)
            if session is not None:
                return session
    return None


def identity_of(session: AssumedRole) -> dict[str, Any]:
    """The session, its role's policies and boundary, and the tags of both. A role that was deleted since has no policies."""
    narrowed = {"name": "the session's policy", "document": session.policy} if session.policy else None
    known = {"role": session.role_arn, "session": session.session_name, "sessionPolicy": narrowed}
    tags = getattr(session, SESSION_TAGS, {})
    found = role_of(session.role_arn)
    if found is None:
        return {**known, "tags": tags, "policies": [], "boundary": None}
    role, backend = found
    return {
        **known,
        "tags": {**pairs(role.tags), **tags},
        "policies": policies_of(role),
        "boundary": _boundary(role, backend),
    }


def user_of(access_key_id: str) -> dict[str, Any] | None:
    """The user who holds an access key, with its policies, boundary and tags; None for a key of another kind."""
    for partitions in iam_backends.values():
        for backend in partitions.values():
            user = backend.get_user_from_access_key_id(access_key_id)
            if user is not None:
                return {
                    "arn": user.arn,
                    "tags": pairs(backend.list_user_tags(user.name)),
                    "policies": policies_of(user),
                    "boundary": None,
                }
    return None


def role_of(arn: str) -> tuple[Role, IAMBackend] | None:
    for partitions in iam_backends.values():
        for backend in partitions.values():
            for role in list(backend.roles.values()):
                if role.arn == arn:
                    return role, backend
    return None


def _boundary(role: Role, backend: IAMBackend) -> dict[str, Any] | None:
    arn = role.permissions_boundary_arn
    policy = backend.managed_policies.get(arn) if arn else None
    if arn and policy is None:
        # A boundary that was deleted allows nothing.
        return _named(arn, {"Version": "2012-10-17", "Statement": []})
    return None if policy is None else _attached(policy)


def policies_of(owner: Role | User) -> list[dict[str, Any]]:
    inline = [_named(name, document) for name, document in owner.policies.items()]
    return inline + [_attached(policy) for policy in owner.managed_policies.values()]


def _attached(policy: ManagedPolicy) -> dict[str, Any]:
    version = next(version for version in policy.versions if version.version_id == policy.default_version_id)
    return _named(policy.arn, version.document)


def _named(name: str, document: str | dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "document": document if isinstance(document, str) else json.dumps(document)}
