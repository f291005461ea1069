"""Sessions of roles, as STS gives them."""

from typing import Any

from moto.core.responses import ActionResult
from moto.iam.models import IAMBackend, iam_backends
from moto.sts.responses import TokenResponse

from ..judging.identity import keep_tags
from ..judging.parameters import pairs
from ..judging.trust import check_assume_role, check_web_identity
from ..patching import wrap
from ..web_identity import condition_keys, verified_claims


@wrap(TokenResponse, "assume_role")
def assume_roles_by_their_trust_policies(original: Any, response: TokenResponse) -> ActionResult:
    """moto gives anybody sessions of any role, of roles that nobody made, and of a role by another path than its own; STS refuses
    them in the words in which it refuses whom a role does not trust."""
    check_assume_role(response)
    result: ActionResult = original(response)
    keep_tags(result.result["Credentials"], pairs(response._get_param("Tags")))
    return result


@wrap(TokenResponse, "assume_role_with_web_identity")
def verify_the_web_identity_token(original: Any, response: TokenResponse) -> ActionResult:
    """moto looks at no token: anything gives a session of any role. STS takes it when one of the account's providers issued it, to
    one of that provider's audiences, and it has not ended; then it asks the role's trust policy."""
    provider, claims = verified_claims(str(response._get_param("WebIdentityToken") or ""), _iam_of(response))
    check_web_identity(response, provider.arn, condition_keys(provider, claims))
    result: ActionResult = original(response)
    return result


def _iam_of(response: TokenResponse) -> IAMBackend:
    backend: IAMBackend = iam_backends[response.current_account][response.partition]
    return backend
