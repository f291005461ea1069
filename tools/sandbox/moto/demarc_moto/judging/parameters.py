"""A call's parameters, by their names in the service's API."""

from collections.abc import Iterable, Mapping
from typing import Any

from botocore.model import OperationNotFoundError
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import determine_request_protocol
from moto.core.responses import BaseResponse
from moto.core.utils import get_service_model

from .service import Context


def parameters_of(response: BaseResponse, operation: str) -> dict[str, Any]:
    """As moto's own parser reads them. Empty for an operation that the service's API has not."""
    service_model = get_service_model(response.boto3_service_name)
    try:
        operation_model = service_model.operation_model(operation)
    except OperationNotFoundError:
        return {}
    request = response.normalized_request
    protocol = determine_request_protocol(service_model, request.content_type)
    parsed: dict[str, Any] = PROTOCOL_PARSERS[protocol](operation_model, map_type=dict).parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": request.data,
            "url_path": request.path,
            "url_params": response.uri_match,
        }
    )
    return parsed


def values_of(parameter: Any) -> list[str]:
    """The texts of a parameter: itself, or those of a list."""
    if isinstance(parameter, str):
        return [parameter]
    return [each for each in parameter if isinstance(each, str)] if isinstance(parameter, list) else []


def request_tags(parameters: dict[str, Any]) -> dict[str, str]:
    """Tags that a call gives, however the service writes them."""
    given: dict[str, str] = {}
    for name in ("Tags", "tags", "TagList", "AddTags"):
        given |= _tags(parameters.get(name))
    for specification in parameters.get("TagSpecifications") or []:
        given |= _tags(specification.get("Tags"))
    return given


def tag_context(tags: Mapping[str, str]) -> Context:
    """The condition keys of tags that a call gives; empty for no tags."""
    if not tags:
        return {}
    return {**{f"aws:RequestTag/{key}": value for key, value in tags.items()}, "aws:TagKeys": list(tags)}


def pairs(tags: Iterable[Mapping[str, str]] | None) -> dict[str, str]:
    """Tags by their keys, of a list of `Key` and `Value`; None is an empty list."""
    return {tag["Key"]: tag["Value"] for tag in tags or []}


def tag_keys(parameters: dict[str, Any]) -> list[str]:
    """Keys of tags that a call gives, changes or removes."""
    keys = [key for name in ("TagKeys", "tagKeys", "RemoveTagKeys") for key in values_of(parameters.get(name))]
    unset = [tag["Key"] for tag in parameters.get("Tags") or [] if isinstance(tag, dict) and "Key" in tag]
    return list(dict.fromkeys([*request_tags(parameters), *keys, *unset]))


def _tags(tags: Any) -> dict[str, str]:
    if isinstance(tags, dict):
        return {str(key): str(value) for key, value in tags.items()}
    given = [tag for tag in tags or [] if isinstance(tag, dict)]
    written = (("Key", "Value"), ("TagKey", "TagValue"), ("key", "value"))
    return {tag[key]: tag[value] for tag in given for key, value in written if key in tag and value in tag}
