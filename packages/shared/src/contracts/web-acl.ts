import { defineContract, output } from "../contract";

/** What guards the load balancers that a controller makes for Ingresses, and apps' REST APIs, where the environment's exposure says `waf`. */
export const webAclContract = defineContract({
  name: "webAcl",
  version: 1,
  workspace: "infra",
  stack: "web-acl",
  scope: "environment",
  outputs: {
    webAclArn: output.string(
      "Regional web ACL of AWS WAF that each team's load balancer, or each app's API, is to have",
    ),
  },
});
