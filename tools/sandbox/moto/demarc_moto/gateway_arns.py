"""ARNs of API Gateway, which name no account: for the patches of what has them, and for the judge's questions."""

from typing import Any

from moto.apigateway.models import APIGatewayBackend

_KEPT = {"apikeys": "keys", "domainnames": "domain_names", "usageplans": "usage_plans", "vpclinks": "vpc_links"}
"""moto's name of where each kind is kept, by the kind's name in ARNs."""


def gateway_arn(region: str, path: str) -> str:
    """Of what stands at a path, such as `/restapis/a1/stages/live`."""
    return f"arn:aws:apigateway:{region}::{path}"


def resource_of(backend: APIGatewayBackend, arn: str) -> Any:
    """What an ARN is of, where it can have tags; None where it cannot, or is not there."""
    match arn.partition("::/")[2].split("/"):
        case ["restapis", api]:
            return backend.apis.get(api)
        case ["restapis", api, "stages", stage]:
            return backend.apis[api].stages.get(stage) if api in backend.apis else None
        case [kind, identifier] if kind in _KEPT:
            return getattr(backend, _KEPT[kind]).get(identifier)
    return None
