import { arn } from "../../environment";
import { allow } from "../../iam";
import { type AccessByType, here, pass } from "./access";
import { bucketAccess } from "./buckets";

/**
 * The bucket of all states, which its bootstrap makes, and the boundaries. Only the account stack has these, which infra's administrators deploy
 * (docs/decisions/0001-bootstrap.md): a role that deploys and could write its own boundary, or others' states, would be bounded by nothing.
 */
export const account: AccessByType = {
  aws_iam_policy: [
    allow(
      "iam:GetPolicy",
      "iam:GetPolicyVersion",
      "iam:ListPolicyVersions",
      "iam:CreatePolicy",
      "iam:CreatePolicyVersion",
      "iam:DeletePolicy",
      "iam:DeletePolicyVersion",
      "iam:TagPolicy",
      "iam:UntagPolicy",
    ).on(here("iam", "policy/demarc/*")),
  ],
  // API Gateway's ARNs name no account.
  aws_api_gateway_account: [
    allow("apigateway:GET", "apigateway:PATCH").on(arn({ account: "", region: "<region>" }, "apigateway", "/account")),
    pass("apigateway.amazonaws.com"),
  ],
  ...bucketAccess(here("s3", "demarc-state-*")),
};
