import { defineContract, output } from "../contract";

/** What REST APIs of apps lean on (exposure `api-gateway`). */
export const apisContract = defineContract({
  name: "apis",
  version: 1,
  workspace: "infra",
  stack: "apis",
  scope: "environment",
  outputs: {
    accessLogGroupArns: output.map(
      "Log group of the access logs of an app's API in every cluster, by the app's name. API Gateway may write there",
    ),
  },
});
