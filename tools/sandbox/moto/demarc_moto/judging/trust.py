"""Whom a role trusts, asked before STS gives a session of it."""

import json
from typing import Any

from moto.sts.responses import TokenResponse

from . import judge
from .identity import identity_of, role_of, service_of, session_of, user_of
from .parameters import pairs, tag_context
from .refusal import refusal
from .service import Context

_EVERYTHING = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}


def check_assume_role(response: TokenResponse) -> None:
    """AssumeRole: raises STS's refusal where the role is not there, or does not trust the caller for all that it asks."""
    caller = _caller(response)
    tags = pairs(response._get_param("Tags"))
    named = {
        "sts:ExternalId": response._get_param("ExternalId"),
        "sts:SourceIdentity": response._get_param("SourceIdentity"),
        **({name: response.headers.get(f"X-Amz-{header}") for name, header in _SOURCE.items()} if _is_service(caller) else {}),
    }
    context: Context = {key: str(value) for key, value in named.items() if value}
    context |= tag_context(tags)
    actions = ["sts:AssumeRole"]
    if tags:
        actions.append("sts:TagSession")
    if "sts:SourceIdentity" in context:
        actions.append("sts:SetSourceIdentity")
    role = str(response._get_param("RoleArn"))
    missing = f"User: {_name(caller)} is not authorized to perform: sts:AssumeRole on resource: {role}"
    _check(response, caller, actions, context, missing)


_SOURCE = {"aws:SourceAccount": "Source-Account", "aws:SourceArn": "Source-Arn"}
"""For whom a service acts: the headers in which services of AWS tell it."""


def check_web_identity(response: TokenResponse, provider: str, claims: Context) -> None:
    """AssumeRoleWithWebIdentity, of a token that was verified. `provider`: ARN of its issuer's provider; `claims`: condition keys."""
    operation = "sts:AssumeRoleWithWebIdentity"
    caller = {"kind": "federated", "provider": provider}
    _check(response, caller, [operation], claims, f"Not authorized to perform {operation}")


def _check(response: TokenResponse, caller: dict[str, Any], actions: list[str], context: Context, missing: str) -> None:
    arn = str(response._get_param("RoleArn"))
    found = role_of(arn)
    if found is None:
        raise refusal(response, missing)
    if not judge.URL:
        return
    role, _ = found
    general: Context = {
        "aws:RequestedRegion": response.region,
        "aws:SecureTransport": "true",
        "sts:RoleSessionName": str(response._get_param("RoleSessionName")),
        **{f"{prefix}:ResourceTag/{key}": value for prefix in ("aws", "iam") for key, value in pairs(role.tags).items()},
    }
    policy = role.assume_role_policy_document
    decision = judge.decide_trust(
        {
            "caller": caller,
            "role": arn,
            "trustPolicy": policy if isinstance(policy, str) else json.dumps(policy),
            "actions": actions,
            "context": {**general, **context},
        }
    )
    if decision["outcome"] == "refused":
        raise refusal(response, decision["refusal"]["message"])


def _caller(response: TokenResponse) -> dict[str, Any]:
    """Keys that nobody gave are the sandbox's own: an administrator of the account."""
    key = response.get_access_key()
    session = session_of(key)
    if session is not None:
        return {"kind": "session", "identity": identity_of(session), "arn": session.arn}
    service = service_of(response)
    if service is not None:
        return {"kind": "service", "service": service}
    everything = {"name": "AdministratorAccess", "document": json.dumps(_EVERYTHING)}
    administrator = {
        "arn": f"arn:aws:iam::{response.current_account}:user/moto",
        "tags": {},
        "policies": [everything],
        "boundary": None,
    }
    return {"kind": "user", **(user_of(key) or administrator)}


def _is_service(caller: dict[str, Any]) -> bool:
    return caller["kind"] == "service"


def _name(caller: dict[str, Any]) -> str:
    return str(caller["service"] if _is_service(caller) else caller["arn"])
