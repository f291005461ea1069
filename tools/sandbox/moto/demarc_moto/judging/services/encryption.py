"""Keys and secrets, which have policies of their own."""

from collections.abc import Iterable
from typing import Any

from moto.kms.models import kms_backends
from moto.secretsmanager.models import secretsmanager_backends

from ..parameters import pairs
from ..service import Context, Known, Parameters, Place, Service

_SUFFIX_LENGTH = 7
"""Secrets Manager puts a hyphen and six characters behind a secret's name."""


def _key(identifier: str, place: Place) -> Any:
    backend = kms_backends[place.account][place.region]
    if identifier.startswith("arn:") and ":key/" not in identifier:
        return None
    try:
        return backend.keys.get(backend.any_id_to_key_id(identifier))
    except Exception:
        return None


def _keys(_operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    for name in ("KeyId", "TargetKeyId", "SourceKeyId", "DestinationKeyId"):
        identifier = parameters.get(name)
        if identifier and (key := _key(identifier, place)) is not None:
            yield key.arn
    if alias := parameters.get("AliasName"):
        yield place.arn("kms", alias)
        # Whoever takes an alias away, or gives it to another key, needs the right to the key that has it too.
        yield from (key.arn for key in kms_backends[place.account][place.region].keys.values() if alias in key.aliases)


def _known_key(arn: str, place: Place) -> Known:
    key = _key(arn, place)
    if key is None:
        return Known()
    tags = kms_backends[place.account][place.region].tagger.get_tag_dict_for_resource(key.id)
    return Known(tags, key.policy)


def _key_context(operation: str, parameters: Parameters, place: Place) -> Context:
    context: Context = {"kms:CallerAccount": place.account}
    if operation == "CreateGrant":
        # Only an AWS service that acts for the caller sets it; none does here.
        context["kms:GrantIsForAWSResource"] = "false"
        context["kms:GrantOperations"] = list(parameters.get("Operations") or [])
        context["kms:GranteePrincipal"] = parameters.get("GranteePrincipal", "")
    encryption = parameters.get("EncryptionContext") or {}
    context |= {f"kms:EncryptionContext:{key}": value for key, value in encryption.items()}
    return {**context, "kms:EncryptionContextKeys": list(encryption)} if encryption else context


def _secrets(operation: str, parameters: Parameters, place: Place) -> Iterable[str]:
    if operation == "CreateSecret":
        yield place.arn("secretsmanager", f"secret:{parameters['Name']}-000000")
    identifier = parameters.get("SecretId")
    if identifier:
        secret = secretsmanager_backends[place.account][place.region].secrets.get(identifier)
        is_arn = identifier.startswith("arn:")
        yield secret.arn if secret else identifier if is_arn else place.arn("secretsmanager", f"secret:{identifier}-000000")


def _known_secret(arn: str, place: Place) -> Known:
    secret: Any = secretsmanager_backends[place.account][place.region].secrets.get(arn)
    if secret is None:
        return Known()
    return Known(pairs(secret.tags), secret.policy or None)


KMS = Service("kms", find=_keys, known=_known_key, context=_key_context)
SECRETSMANAGER = Service("secretsmanager", find=_secrets, known=_known_secret)
