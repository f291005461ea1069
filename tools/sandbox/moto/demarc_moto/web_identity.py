"""Tokens of OpenID Connect issuers, checked as STS does before it looks at a role: signature, expiry, issuer, audience.

AWS fetches an issuer's keys from its URL. A cluster's issuer is a host of EKS's that does not exist here, so the EKS API tells the
keys of each cluster that it starts.
"""

import base64
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from moto.iam.models import IAMBackend, OpenIDConnectProvider
from moto.sts.exceptions import STSClientError

Claims = dict[str, Any]

_keys_of_issuers: dict[str, list[dict[str, str]]] = {}


def publish_keys(issuer: str, keys: list[dict[str, str]]) -> None:
    """The JSON Web Keys (RFC 7517) that an issuer signs with from now on; none where it has gone."""
    _keys_of_issuers[issuer] = keys


def verified_claims(token: str, iam: IAMBackend) -> tuple[OpenIDConnectProvider, Claims]:
    """The token's claims, and IAM's provider of its issuer. STSClientError, in STS's own words, where it is not taken."""
    header, claims = _json_part(token, 0), _json_part(token, 1)
    issuer = str(claims.get("iss", ""))
    provider = _provider_of(issuer, iam)
    _check_signature(token, header, issuer)
    now = int(time.time())
    if not isinstance(claims.get("exp"), int | float):
        raise _invalid("Missing a required claim: exp")
    if claims["exp"] <= now:
        expiry = f"current date/time {now} must be before the expiration date/time {int(claims['exp'])}"
        raise STSClientError("ExpiredTokenException", f"Token expired: {expiry}")
    if isinstance(claims.get("nbf"), int | float) and claims["nbf"] > now:
        raise _invalid("The ID Token provided is not yet valid")
    if not set(audiences(claims)) & set(provider.client_id_list):
        raise _invalid("Incorrect token audience")
    return provider, claims


def audiences(claims: Claims) -> list[str]:
    """Whom a token is for: one, or a list."""
    stated = claims.get("aud", [])
    return [stated] if isinstance(stated, str) else [str(each) for each in stated]


def condition_keys(provider: OpenIDConnectProvider, claims: Claims) -> dict[str, str | list[str]]:
    """What a trust policy may ask of a token: whose it is, and whom it is for."""
    prefix, whom = condition_prefix(provider), audiences(claims)
    audience = whom[0] if len(whom) == 1 else whom
    subject = {f"{prefix}:sub": claims["sub"]} if isinstance(claims.get("sub"), str) else {}
    return {f"{prefix}:aud": audience, **subject}


def condition_prefix(provider: OpenIDConnectProvider) -> str:
    """What the condition keys of a provider begin with: its issuer without the scheme."""
    name: str = provider.arn.partition(":oidc-provider/")[2]
    return name


def _provider_of(issuer: str, iam: IAMBackend) -> OpenIDConnectProvider:
    for provider in iam.open_id_providers.values():
        if issuer == f"https://{condition_prefix(provider)}":
            return provider
    raise _invalid(f"No OpenIDConnect provider found in your account for {issuer}")


def _check_signature(token: str, header: Claims, issuer: str) -> None:
    keys = [key for key in _keys_of_issuers.get(issuer, []) if key.get("kid") == header.get("kid")]
    if not keys:
        raise _invalid("Couldn't retrieve verification key from your identity provider")
    verify = _ALGORITHMS.get((str(header.get("alg")), keys[0].get("kty", "")))
    signed, _, signature = token.rpartition(".")
    try:
        if verify is None:
            raise InvalidSignature
        verify(keys[0], _bytes(signature), signed.encode())
    except (InvalidSignature, ValueError) as fault:
        raise _invalid("The ID Token provided could not be validated with its issuer's keys") from fault


def _verify_es256(key: Mapping[str, str], signature: bytes, signed: bytes) -> None:
    if len(signature) != 64:
        raise InvalidSignature
    numbers = ec.EllipticCurvePublicNumbers(_number(key["x"]), _number(key["y"]), ec.SECP256R1())
    pair = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    numbers.public_key().verify(pair, signed, ec.ECDSA(SHA256()))


def _verify_rs256(key: Mapping[str, str], signature: bytes, signed: bytes) -> None:
    numbers = rsa.RSAPublicNumbers(_number(key["e"]), _number(key["n"]))
    numbers.public_key().verify(signature, signed, padding.PKCS1v15(), SHA256())


_ALGORITHMS: dict[tuple[str, str], Callable[[Mapping[str, str], bytes, bytes], None]] = {
    ("ES256", "EC"): _verify_es256,
    ("RS256", "RSA"): _verify_rs256,
}
"""By the token's algorithm and the key's kind: what a token says of itself must fit what its issuer has."""


def _json_part(token: str, index: int) -> Claims:
    parts = token.split(".")
    try:
        part = json.loads(_bytes(parts[index])) if len(parts) == 3 else None
    except ValueError:
        part = None
    if not isinstance(part, dict):
        raise _invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")
    return part


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _number(text: str) -> int:
    return int.from_bytes(_bytes(text))


def _invalid(message: str) -> STSClientError:
    return STSClientError("InvalidIdentityToken", message)
