"""AssumeRoleWithWebIdentity looks at the token as STS does: each row is a token that gives no session."""

import base64
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from botocore.exceptions import ClientError
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from .servers import local_aws

ISSUER = "https://oidc.eks.ap-northeast-1.amazonaws.com/id/0123456789ABCDEF"
FOREIGN_ISSUER = "https://attacker.example"
AUDIENCE = "sts.amazonaws.com"
SUBJECT = "system:serviceaccount:pets:petstore"
HOUR = 3600

EC_KEY = ec.generate_private_key(ec.SECP256R1())
OTHER_EC_KEY = ec.generate_private_key(ec.SECP256R1())
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def number(value: int, size: int) -> str:
    return encoded(value.to_bytes(size))


def web_keys() -> list[dict[str, str]]:
    point, modulus = EC_KEY.public_key().public_numbers(), RSA_KEY.public_key().public_numbers()
    return [
        {"kid": "ec", "kty": "EC", "crv": "P-256", "x": number(point.x, 32), "y": number(point.y, 32)},
        {"kid": "rsa", "kty": "RSA", "n": number(modulus.n, 256), "e": number(modulus.e, 3)},
    ]


def es256(signed: bytes, key: ec.EllipticCurvePrivateKey = EC_KEY) -> bytes:
    r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def rs256(signed: bytes) -> bytes:
    return RSA_KEY.sign(signed, padding.PKCS1v15(), SHA256())


def token(
    claims: dict[str, Any] | None = None,
    header: dict[str, Any] | None = None,
    sign: Callable[[bytes], bytes] = es256,
) -> str:
    """A token of a service account; a claim or header that is None is left out."""
    now = int(time.time())
    usual = {"iss": ISSUER, "aud": [AUDIENCE], "sub": SUBJECT, "iat": now, "nbf": now, "exp": now + HOUR}
    parts = [
        {name: value for name, value in part.items() if value is not None}
        for part in ({"alg": "ES256", "kid": "ec", **(header or {})}, {**usual, **(claims or {})})
    ]
    signed = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    return f"{signed}.{encoded(sign(signed.encode()))}"


def changed(genuine: str, claims: dict[str, Any]) -> str:
    """The token with other claims under the same signature."""
    header, _, signature = genuine.split(".")
    return f"{header}.{encoded(json.dumps(claims).encode())}.{signature}"


class Attempt(NamedTuple):
    name: str
    token: Callable[[], str]
    code: str
    reason: str


def now(seconds: int) -> int:
    return int(time.time()) + seconds


UNSIGNED = "could not be validated with its issuer's keys"
ATTEMPTS = [
    Attempt("no token", lambda: "token", "InvalidIdentityToken", "not a valid JWT"),
    Attempt("parts that hold nothing", lambda: "e30.e30.", "InvalidIdentityToken", "No OpenIDConnect provider"),
    Attempt("a list for claims", lambda: "W10.W10.W10", "InvalidIdentityToken", "not a valid JWT"),
    Attempt("four parts", lambda: token() + ".more", "InvalidIdentityToken", "not a valid JWT"),
    Attempt(
        "another issuer", lambda: token({"iss": FOREIGN_ISSUER}), "InvalidIdentityToken", f"account for {FOREIGN_ISSUER}"
    ),
    Attempt("its issuer over http", lambda: token({"iss": "http" + ISSUER[5:]}), "InvalidIdentityToken", "provider found"),
    Attempt("its issuer and a slash", lambda: token({"iss": ISSUER + "/"}), "InvalidIdentityToken", "provider found"),
    Attempt("no issuer", lambda: token({"iss": None}), "InvalidIdentityToken", "No OpenIDConnect provider"),
    Attempt("another audience", lambda: token({"aud": ["kubernetes"]}), "InvalidIdentityToken", "token audience"),
    Attempt("an audience in part", lambda: token({"aud": "sts.amazonaws.co"}), "InvalidIdentityToken", "token audience"),
    Attempt("no audience", lambda: token({"aud": None}), "InvalidIdentityToken", "Incorrect token audience"),
    Attempt("an end that is past", lambda: token({"exp": now(-1)}), "ExpiredTokenException", "Token expired"),
    Attempt("no end", lambda: token({"exp": None}), "InvalidIdentityToken", "Missing a required claim: exp"),
    Attempt("an end in words", lambda: token({"exp": "never"}), "InvalidIdentityToken", "required claim: exp"),
    Attempt("a beginning to come", lambda: token({"nbf": now(HOUR)}), "InvalidIdentityToken", "not yet valid"),
    Attempt("another's key", lambda: token(sign=lambda it: es256(it, OTHER_EC_KEY)), "InvalidIdentityToken", UNSIGNED),
    Attempt("no signature", lambda: token(sign=lambda _: b""), "InvalidIdentityToken", UNSIGNED),
    Attempt("a signature of zeros", lambda: token(sign=lambda _: bytes(64)), "InvalidIdentityToken", UNSIGNED),
    Attempt(
        "algorithm none", lambda: token(header={"alg": "none"}, sign=lambda _: b""), "InvalidIdentityToken", UNSIGNED
    ),
    Attempt("a secret for a public key", lambda: token(header={"alg": "HS256"}), "InvalidIdentityToken", UNSIGNED),
    Attempt("the other kind of key", lambda: token(header={"kid": "rsa"}), "InvalidIdentityToken", UNSIGNED),
    Attempt("an unknown key", lambda: token(header={"kid": "own"}), "InvalidIdentityToken", "verification key"),
    Attempt("no key", lambda: token(header={"kid": None}), "InvalidIdentityToken", "verification key"),
    Attempt(
        "other claims under a good signature",
        lambda: changed(token(), {"iss": ISSUER, "aud": AUDIENCE, "sub": "system:serviceaccount:shop:s", "exp": now(HOUR)}),
        "InvalidIdentityToken",
        UNSIGNED,
    ),
]


@pytest.fixture(scope="module")
def cluster(clients: Callable[[str], Any]) -> Iterator[tuple[str, str]]:
    """URL of a local AWS that knows a cluster's issuer, and a role."""
    with local_aws() as url:
        iam = clients(url)("iam")
        iam.create_open_id_connect_provider(Url=ISSUER, ClientIDList=[AUDIENCE])
        role = iam.create_role(RoleName="petstore", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        publish(url, ISSUER, web_keys())
        publish(url, FOREIGN_ISSUER, web_keys())
        yield url, role


def publish(url: str, issuer: str, keys: list[dict[str, str]]) -> None:
    body = json.dumps({"issuer": issuer, "keys": keys}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{url}/_sandbox/issuer-keys", body, method="PUT"))


@pytest.mark.parametrize("genuine", [token, lambda: token(header={"alg": "RS256", "kid": "rsa"}, sign=rs256)])
def test_a_token_of_a_registered_issuer_gives_a_session(
    cluster: tuple[str, str], clients: Callable[[str], Any], genuine: Callable[[], str]
) -> None:
    url, role = cluster
    answer = clients(url)("sts").assume_role_with_web_identity(
        RoleArn=role, RoleSessionName="pod", WebIdentityToken=genuine()
    )
    assert answer["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/petstore/pod"


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=[attempt.name for attempt in ATTEMPTS])
def test_any_other_gives_none(
    cluster: tuple[str, str], clients: Callable[[str], Any], attempt: Attempt
) -> None:
    url, role = cluster
    with pytest.raises(ClientError) as refused:
        clients(url)("sts").assume_role_with_web_identity(
            RoleArn=role, RoleSessionName="pod", WebIdentityToken=attempt.token()
        )
    error = refused.value.response["Error"]
    assert error["Code"] == attempt.code
    assert attempt.reason in error["Message"]


def test_a_good_token_gives_no_session_of_a_role_that_is_not_there(
    cluster: tuple[str, str], clients: Callable[[str], Any]
) -> None:
    url, role = cluster
    with pytest.raises(ClientError) as refused:
        clients(url)("sts").assume_role_with_web_identity(
            RoleArn=f"{role}-2", RoleSessionName="pod", WebIdentityToken=token()
        )
    error = refused.value.response["Error"]
    assert (error["Code"], error["Message"]) == (
        "AccessDenied",
        "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    )


def test_no_token_of_a_cluster_that_has_gone_is_taken(clients: Callable[[str], Any]) -> None:
    with local_aws() as url:
        clients(url)("iam").create_open_id_connect_provider(Url=ISSUER, ClientIDList=[AUDIENCE])
        publish(url, ISSUER, web_keys())
        publish(url, ISSUER, [])
        with pytest.raises(ClientError) as refused:
            clients(url)("sts").assume_role_with_web_identity(
                RoleArn="arn:aws:iam::123456789012:role/any", RoleSessionName="pod", WebIdentityToken=token()
            )
        assert "verification key" in refused.value.response["Error"]["Message"]


def test_an_issuers_keys_cannot_be_read(local_aws_url: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{local_aws_url}/_sandbox/issuer-keys")
    assert refused.value.code == 405
