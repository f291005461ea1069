"""Sessions of roles, as STS gives them."""

from typing import Any

from moto.core.responses import ActionResult
from moto.iam.models import IAMBackend, iam_backends
from moto.sts.exceptions import STSClientError
from moto.sts.responses import TokenResponse

from ..patching import wrap
from ..web_identity import verified_claims


@wrap(TokenResponse, "assume_role")
def assume_existing_roles_only(original: Any, response: TokenResponse) -> ActionResult:
    """moto gives sessions of roles that nobody made, and of a role by another path than its own; STS refuses them, in the words in
    which it refuses whom a role does not trust."""
    _check_role(response, "AssumeRole")
    result: ActionResult = original(response)
    return result


@wrap(TokenResponse, "assume_role_with_web_identity")
def verify_the_web_identity_token(original: Any, response: TokenResponse) -> ActionResult:
    """moto looks at no token: anything gives a session of any role. STS takes it when one of the account's providers issued it, to
    one of that provider's audiences, and it has not ended."""
    verified_claims(str(response._get_param("WebIdentityToken") or ""), _iam_of(response))
    _check_role(response, "AssumeRoleWithWebIdentity")
    result: ActionResult = original(response)
    return result


def _check_role(response: TokenResponse, operation: str) -> None:
    role_arn = response._get_param("RoleArn")
    if all(role.arn != role_arn for role in _iam_of(response).roles.values()):
        raise STSClientError("AccessDenied", f"Not authorized to perform sts:{operation}")


def _iam_of(response: TokenResponse) -> IAMBackend:
    backend: IAMBackend = iam_backends[response.current_account][response.partition]
    return backend
