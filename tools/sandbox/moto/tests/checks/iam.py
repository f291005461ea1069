import json

from .check import ClientFactory, check, code_of

ANYBODY = json.dumps({"Version": "2012-10-17", "Statement": []})
NOTHING = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]})


@check("keep_the_description")
def a_new_session_duration_leaves_the_description(aws: ClientFactory) -> None:
    iam = aws("iam")
    iam.create_role(RoleName="described", Description="why it exists", AssumeRolePolicyDocument=ANYBODY)
    iam.update_role(RoleName="described", MaxSessionDuration=7200)
    role = iam.get_role(RoleName="described")["Role"]
    assert (role.get("Description"), role["MaxSessionDuration"]) == ("why it exists", 7200)


@check("bound_a_new_role_by_a_policy_that_is_there", "bound_a_role_by_a_policy_that_is_there")
def a_boundary_is_a_policy(aws: ClientFactory) -> None:
    iam = aws("iam")
    bounded = {"RoleName": "bound", "PermissionsBoundary": "arn:aws:iam::123456789012:policy/nobody-made-it"}
    assert code_of(lambda: iam.create_role(**bounded, AssumeRolePolicyDocument=ANYBODY)) == "NoSuchEntity"
    iam.create_role(RoleName="bound", AssumeRolePolicyDocument=ANYBODY)
    assert code_of(lambda: iam.put_role_permissions_boundary(**bounded)) == "NoSuchEntity"
    assert "PermissionsBoundary" not in iam.get_role(RoleName="bound")["Role"]


@check("keep_a_policy_in_use")
def a_policy_in_use_is_not_deleted(aws: ClientFactory) -> None:
    iam = aws("iam")
    arn = iam.create_policy(PolicyName="used", PolicyDocument=NOTHING)["Policy"]["Arn"]

    def deleted() -> str | None:
        return code_of(lambda: iam.delete_policy(PolicyArn=arn))

    iam.create_role(RoleName="user", PermissionsBoundary=arn, AssumeRolePolicyDocument=ANYBODY)
    assert deleted() == "DeleteConflict"
    iam.delete_role_permissions_boundary(RoleName="user")
    iam.attach_role_policy(RoleName="user", PolicyArn=arn)
    assert deleted() == "DeleteConflict"
    iam.detach_role_policy(RoleName="user", PolicyArn=arn)
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=NOTHING, SetAsDefault=True)
    assert deleted() == "DeleteConflict"
    iam.delete_policy_version(PolicyArn=arn, VersionId="v1")
    assert deleted() is None


@check("add_client_id_to_open_id_connect_provider", "remove_client_id_from_open_id_connect_provider")
def the_clients_of_an_oidc_provider_can_change(aws: ClientFactory) -> None:
    iam = aws("iam")
    arn = iam.create_open_id_connect_provider(Url="https://oidc.test", ClientIDList=["one"])["OpenIDConnectProviderArn"]
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="two")
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="one")
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ClientIDList"] == ["two"]
