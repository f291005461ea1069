import json

from .check import ClientFactory, check, code_of

NOBODY = json.dumps({"Version": "2012-10-17", "Statement": []})


@check("assume_roles_by_their_trust_policies")
def a_role_that_is_not_there_is_not_assumed(aws: ClientFactory) -> None:
    made = aws("iam").create_role(RoleName="assumed", Path="/team/", AssumeRolePolicyDocument=NOBODY)["Role"]["Arn"]
    for role in (made.replace("/team/", "/"), made.replace("/team/", "/other/"), made + "-2"):
        assert code_of(lambda: aws("sts").assume_role(RoleArn=role, RoleSessionName="test")) == "AccessDenied"


@check("verify_the_web_identity_token")
def what_is_no_token_gives_no_session(aws: ClientFactory) -> None:
    asked = {"RoleArn": "arn:aws:iam::123456789012:role/any", "RoleSessionName": "test", "WebIdentityToken": "a.b.c"}
    assert code_of(lambda: aws("sts").assume_role_with_web_identity(**asked)) == "InvalidIdentityToken"
