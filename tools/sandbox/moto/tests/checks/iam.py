import json

from .check import ClientFactory, check

ANYBODY = json.dumps({"Version": "2012-10-17", "Statement": []})


@check("keep_the_description")
def a_new_session_duration_leaves_the_description(aws: ClientFactory) -> None:
    iam = aws("iam")
    iam.create_role(RoleName="described", Description="why it exists", AssumeRolePolicyDocument=ANYBODY)
    iam.update_role(RoleName="described", MaxSessionDuration=7200)
    role = iam.get_role(RoleName="described")["Role"]
    assert (role.get("Description"), role["MaxSessionDuration"]) == ("why it exists", 7200)


@check("add_client_id_to_open_id_connect_provider", "remove_client_id_from_open_id_connect_provider")
def the_clients_of_an_oidc_provider_can_change(aws: ClientFactory) -> None:
    iam = aws("iam")
    arn = iam.create_open_id_connect_provider(Url="https://oidc.test", ClientIDList=["one"])["OpenIDConnectProviderArn"]
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="two")
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="one")
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ClientIDList"] == ["two"]
