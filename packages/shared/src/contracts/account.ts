import { defineContract, output } from "../contract";

/** What all environments of an account and region share. */
export const accountContract = defineContract({
  name: "account",
  version: 1,
  workspace: "infra",
  stack: "account",
  scope: "account",
  outputs: {
    apiGatewayRoleArn: output.string(
      "Role by which API Gateway writes to CloudWatch Logs, for every stage of the account and region",
    ),
  },
});
