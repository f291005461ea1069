"""Roles, policies and OIDC providers as IAM changes them."""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.iam.exceptions import DeleteConflictException, NotFoundException
from moto.iam.models import IAMBackend, Role
from moto.iam.responses import IamResponse

from ..patching import add, wrap


@wrap(IAMBackend, "update_role")
def keep_the_description(
    original: Any, backend: IAMBackend, role_name: str, role_description: str | None, max_session_duration: str
) -> Role:
    """moto drops a role's description when UpdateRole carries only the session duration; IAM leaves it."""
    if role_description is None:
        role_description = backend.get_role(role_name).description
    role: Role = original(backend, role_name, role_description, max_session_duration)
    return role


@wrap(IamResponse, "create_role")
def bound_a_new_role_by_a_policy_that_is_there(original: Any, response: IamResponse) -> ActionResult:
    """moto takes any ARN for a permissions boundary; IAM refuses that of no policy."""
    _check_boundary(response.backend, response._get_param("PermissionsBoundary"))
    result: ActionResult = original(response)
    return result


@wrap(IAMBackend, "put_role_permissions_boundary")
def bound_a_role_by_a_policy_that_is_there(
    original: Any, backend: IAMBackend, role_name: str, permissions_boundary: str
) -> None:
    """moto takes any ARN for a permissions boundary; IAM refuses that of no policy."""
    _check_boundary(backend, permissions_boundary)
    original(backend, role_name, permissions_boundary)


def _check_boundary(backend: IAMBackend, arn: str | None) -> None:
    if arn and arn not in backend.managed_policies:
        raise NotFoundException(f"Scope ARN: {arn} does not exist or is not attachable.")


@wrap(IAMBackend, "delete_policy")
def keep_a_policy_in_use(original: Any, backend: IAMBackend, policy_arn: str) -> None:
    """moto deletes a policy from under those who have it, and its versions with it; IAM wants both gone before."""
    policy = backend.get_policy(policy_arn)
    bounds = any(role.permissions_boundary_arn == policy_arn for role in backend.roles.values())
    if bounds or policy.attachment_count > 0:
        raise DeleteConflictException("Cannot delete a policy attached to entities.")
    if len(policy.versions) > 1:
        raise DeleteConflictException(
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
            "The default version is deleted with the policy."
        )
    original(backend, policy_arn)


@add(IamResponse, "add_client_id_to_open_id_connect_provider")
def add_client_id_to_open_id_connect_provider(response: IamResponse) -> ActionResult:
    """moto has no AddClientIDToOpenIDConnectProvider; to add a known id again is no error in IAM."""
    client_ids = _client_ids(response)
    if response._get_param("ClientID") not in client_ids:
        client_ids.append(response._get_param("ClientID"))
    return EmptyResult()


@add(IamResponse, "remove_client_id_from_open_id_connect_provider")
def remove_client_id_from_open_id_connect_provider(response: IamResponse) -> ActionResult:
    """moto has no RemoveClientIDFromOpenIDConnectProvider; to remove an unknown id is no error in IAM."""
    client_ids = _client_ids(response)
    if response._get_param("ClientID") in client_ids:
        client_ids.remove(response._get_param("ClientID"))
    return EmptyResult()


def _client_ids(response: IamResponse) -> list[str]:
    client_ids: list[str] = response.backend.get_open_id_connect_provider(
        response._get_param("OpenIDConnectProviderArn")
    ).client_id_list
    return client_ids
