"""Where moto asks whether it may serve a call: every service, S3 too, asks here."""

import logging
import time
import traceback
from threading import Lock
from typing import Any

from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.responses import BaseResponse

from . import judge
from .identity import identity_of, service_of, session_of
from .parameters import parameters_of
from .questions import questions_of
from .refusal import refusal
from .service import Place
from .services.s3 import s3_questions

log = logging.getLogger(__name__)

_lock = Lock()
_counts: dict[str, float] = {"others": 0, "judged": 0, "seconds": 0.0}
_services: dict[str, int] = {}

_serve = ActionAuthenticatorMixin._authenticate_and_authorize_action


ASKED_OF_TRUST = {"AssumeRole", "AssumeRoleWithWebIdentity"}
"""Operations of STS that have rules of their own, for whoever calls: the role's trust policy is asked as they are served."""


def _judge_and_serve(response: Any, *args: Any, **kwargs: Any) -> None:
    """Keys that STS gave nobody are the sandbox's own administrator, users', and AWS's services', whose service-linked roles have
    policies that AWS alone writes: they are served, and counted as such."""
    asked_of_trust = response.service_name == "sts" and response._get_action() in ASKED_OF_TRUST
    session = session_of(response.get_access_key()) if judge.URL and not asked_of_trust else None
    service = None if session or asked_of_trust else service_of(response)
    if service is not None:
        with _lock:
            _services[service] = _services.get(service, 0) + 1
    elif session is None:
        _count(others=1)
    else:
        started = time.perf_counter()
        decision = judge.decide(_call(response, identity_of(session), *args))
        _count(judged=1, seconds=time.perf_counter() - started)
        if decision["outcome"] == "refused":
            raise refusal(response, decision["refusal"]["message"])
    _serve(response, *args, **kwargs)


# No patch, as it mends nothing of moto.
setattr(ActionAuthenticatorMixin, "_authenticate_and_authorize_action", _judge_and_serve)


def take_counts() -> dict[str, Any]:
    """Calls of nobody's role, calls of roles and the seconds that all that is here has taken of those, and of AWS's services."""
    with _lock:
        return {**_counts, "services": dict(_services)}


def _count(**more: float) -> None:
    with _lock:
        for name, value in more.items():
            _counts[name] += value


def _call(response: BaseResponse, identity: dict[str, Any], _request: type, resource: str = "*") -> dict[str, Any]:
    named = response._get_action()
    operation = named[0] if isinstance(named, list) else named
    call = {
        "account": response.current_account,
        "region": response.region,
        "identity": identity,
        "service": response.service_name,
        "operation": operation or "unknown",
    }
    if not operation:
        return {**call, "questions": [], "fault": "moto finds no operation in it"}
    place = Place(response.current_account, response.region)
    try:
        if response.service_name == "s3":
            return {**call, **s3_questions(response, resource, place)}
        parameters = parameters_of(response, operation)
        return {**call, "questions": questions_of(response.service_name or "", operation, parameters, place)}
    except Exception as fault:
        # A call whose questions cannot be put is counted, and served: what is unknown is no refusal.
        log.error("%s %s\n%s", response.service_name, operation, traceback.format_exc())
        return {**call, "questions": [], "fault": f"{type(fault).__name__}: {fault}"}
