import { defineContract, output } from "../contract";

/** What guards the load balancers that a controller makes for Ingresses, where the environment's exposure says `waf`. */
export const webAclContract = defineContract({
  name: "webAcl",
  version: 1,
  workspace: "infra",
  stack: "web-acl",
  scope: "environment",
  outputs: {
    webAclArn: output.string("Regional web ACL of AWS WAF that each team's load balancer is to have"),
  },
});
