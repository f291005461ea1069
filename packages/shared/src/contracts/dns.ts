import { defineContract, output } from "../contract";

/** The names that apps are reached by. */
export const dnsContract = defineContract({
  name: "dns",
  version: 1,
  workspace: "infra",
  stack: "dns",
  scope: "environment",
  outputs: {
    zoneId: output.string("Route 53 hosted zone that ExternalDNS writes to"),
    zoneArn: output.string("ARN of that zone"),
    baseDomain: output.string("Domain that every app's host name ends with"),
    certificateArn: output.string("ACM certificate for *.baseDomain, validated"),
  },
});
