"""Usage plans as API Gateway changes and deletes them."""

import re
from typing import Any

from moto.apigateway.exceptions import BadRequestException, ConflictException, NotFoundException
from moto.apigateway.models import APIGatewayBackend, UsagePlan, UsagePlanKey

from ...patching import wrap

_THROTTLE = re.compile(r"/apiStages/(?P<api>[^:/]+):(?P<stage>[^/]+)/throttle(?P<method>/.+)/(?P<limit>rateLimit|burstLimit)")
_NUMBERS = {"rateLimit": float, "burstLimit": int, "limit": int, "offset": int}


@wrap(APIGatewayBackend, "create_usage_plan")
def plan_for_stages_that_are_there(original: Any, backend: APIGatewayBackend, payload: dict[str, Any]) -> UsagePlan:
    """moto takes any name for that of a stage."""
    for each in payload.get("apiStages") or []:
        _check_stage(backend, each["apiId"], each["stage"])
    plan: UsagePlan = original(backend, payload)
    return plan


def _check_stage(backend: APIGatewayBackend, api: str, stage: str) -> None:
    if api not in backend.apis or stage not in backend.apis[api].stages:
        raise NotFoundException(f"API Stage not found: {api}:{stage}")


@wrap(APIGatewayBackend, "update_usage_plan")
def change_stages_and_limits_of_a_plan(
    original: Any, backend: APIGatewayBackend, usage_plan_id: str, patch_operations: list[dict[str, Any]]
) -> UsagePlan:
    """moto knows no throttling of a stage's methods, removes no stage that has any, and keeps limits as text or whole numbers."""
    plan = backend.get_usage_plan(usage_plan_id)
    others = [each for each in patch_operations if not _changed_here(backend, plan, each)]
    changed: UsagePlan = original(backend, usage_plan_id, others)
    return changed


def _changed_here(backend: APIGatewayBackend, plan: UsagePlan, operation: dict[str, Any]) -> bool:
    path, value = operation["path"], operation.get("value")
    name = path.rpartition("/")[2]
    if path == "/apiStages":
        api, _, stage = value.partition(":")
        if operation["op"] == "add":
            _check_stage(backend, api, stage)
            plan.api_stages.append({"apiId": api, "stage": stage})
        else:
            plan.api_stages = [each for each in plan.api_stages if (each["apiId"], each["stage"]) != (api, stage)]
    elif limit := _THROTTLE.fullmatch(path):
        method = _throttle(plan, limit["api"], limit["stage"]).setdefault(limit["method"].removeprefix("/"), {})
        method[name] = _NUMBERS[name](value)
    elif operation["op"] != "remove" and path in ("/throttle/rateLimit", "/throttle/burstLimit"):
        plan.throttle[name] = _NUMBERS[name](value)
    elif operation["op"] != "remove" and path in ("/quota/limit", "/quota/offset"):
        plan.quota[name] = _NUMBERS[name](value)
    else:
        return False
    return True


def _throttle(plan: UsagePlan, api: str, stage: str) -> dict[str, dict[str, Any]]:
    for each in plan.api_stages:
        if (each["apiId"], each["stage"]) == (api, stage):
            throttle: dict[str, dict[str, Any]] = each.setdefault("throttle", {})
            return throttle
    raise NotFoundException(f"API Stage not found: {api}:{stage}")


@wrap(APIGatewayBackend, "delete_usage_plan")
def keep_a_plan_of_stages(original: Any, backend: APIGatewayBackend, usage_plan_id: str) -> None:
    """moto deletes a plan from under its stages and leaves its keys, and answers 500 for one that is not there."""
    plan = backend.get_usage_plan(usage_plan_id)
    if plan.api_stages:
        stages = ", ".join(f"{each['apiId']}:{each['stage']}" for each in plan.api_stages)
        raise BadRequestException(
            f"Cannot delete Usage Plan {usage_plan_id} because there are API Stages associated with it, including {stages}"
        )
    original(backend, usage_plan_id)
    backend.usage_plan_keys.pop(usage_plan_id, None)


@wrap(APIGatewayBackend, "create_usage_plan_key")
def add_a_key_once(
    original: Any, backend: APIGatewayBackend, usage_plan_id: str, payload: dict[str, Any]
) -> UsagePlanKey:
    """moto adds a key to a plan that is not there, and again to one that has it."""
    backend.get_usage_plan(usage_plan_id)
    if payload["keyId"] in backend.usage_plan_keys.get(usage_plan_id, {}):
        raise ConflictException(f"Usage Plan Key already exists: {payload['keyId']}")
    key: UsagePlanKey = original(backend, usage_plan_id, payload)
    return key
