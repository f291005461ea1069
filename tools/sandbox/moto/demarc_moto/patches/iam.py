"""Roles and OIDC providers as IAM changes them."""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
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
