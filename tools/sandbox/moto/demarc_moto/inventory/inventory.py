"""Walks through all that moto holds."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NotRequired, TypedDict

from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.common_models import BaseModel
from moto.utilities.tagging_service import TaggingService

from .rules import RULES, Rule


class Resource(TypedDict):
    """One resource of the local AWS."""

    account: str
    region: str
    """Region, or the partition (`aws`) for global services."""
    service: str
    type: str
    id: str
    name: str | None
    tags: dict[str, str]
    """Its own, or where it can have none those of the key or zone that it is in."""
    reason: NotRequired[str]
    """Only under `kept`: why AWS still shows it."""


class Inventory(TypedDict):
    """All resources, sorted by service, type and id."""

    resources: list[Resource]
    """Everything live that somebody made."""
    kept: list[Resource]
    """Deleted, and still shown by AWS itself for a while."""


def take_inventory() -> Inventory:
    """The inventory of all accounts and regions, without what AWS puts into each of them."""
    inventory: Inventory = {"resources": [], "kept": []}
    for service in list(BackendDict._instances):
        for account in list(service.values()):
            for backend in list(account.values()):
                _add_backend(inventory, service.service_name, backend)
    for resources in (inventory["resources"], inventory["kept"]):
        resources.sort(key=lambda resource: (resource["service"], resource["type"], resource["id"]))
    return inventory


def _add_backend(inventory: Inventory, service: str, backend: BaseBackend) -> None:
    seen: set[int] = set()
    nobodys: dict[str, str] = {}
    pending = [(key, model, nobodys) for value in list(vars(backend).values()) for key, model in _models("", value)]
    while pending:
        key, model, owners_tags = pending.pop()
        if id(model) in seen:
            continue
        seen.add(id(model))
        rule = RULES.get((service, type(model).__name__), Rule())
        if rule.made_by_aws(model):
            continue
        tags = _tags(backend, model) or owners_tags
        pending.extend((key, part, tags) for part in list(rule.parts(model)))
        resource = _describe(service, backend, key, model, rule, tags)
        if reason := rule.kept(model):
            inventory["kept"].append({**resource, "reason": reason})
        else:
            inventory["resources"].append(resource)


def _models(key: str, value: Any) -> Iterator[tuple[str, BaseModel]]:
    """The models in a value of any depth, each with the key that it is kept under."""
    if isinstance(value, BaseModel):
        yield key, value
    elif isinstance(value, Mapping):
        for inner_key, inner in list(value.items()):
            yield from _models(str(inner_key), inner)
    elif isinstance(value, list | tuple | set):
        for inner in list(value):
            yield from _models(key, inner)


def _describe(
    service: str, backend: BaseBackend, key: str, model: BaseModel, rule: Rule, tags: dict[str, str]
) -> Resource:
    return {
        "account": backend.account_id,
        "region": backend.region_name,
        "service": service,
        "type": rule.type or _kebab_case(type(model).__name__.removeprefix("Fake")),
        "id": rule.id(model) if rule.id else str(getattr(model, "id", None) or key or getattr(model, "arn", "")),
        "name": getattr(model, "name", None) or tags.get("Name"),
        "tags": tags,
    }


def _tags(backend: BaseBackend, model: BaseModel) -> dict[str, str]:
    """moto keeps tags in the model, or in the backend under the model's ARN or id."""
    tags = model.get_tags() if hasattr(model, "get_tags") else getattr(model, "tags", None)
    if not tags:
        tagger = getattr(backend, "tagger", None) or getattr(backend, "tagging_service", None)
        stored = tagger.tags if isinstance(tagger, TaggingService) else getattr(backend, "resource_tags", {})
        references = [getattr(model, attribute, None) for attribute in ("arn", "id", "resource_id")]
        tags = next((stored[reference] for reference in references if reference in stored), {})
    if isinstance(tags, Mapping):
        return dict(tags)
    pairs = [{key.lower(): value for key, value in tag.items()} for tag in tags]
    return {pair["key"]: pair["value"] for pair in pairs}


def _kebab_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()
