import type { EnvironmentInput } from "../schema";

/**
 * Production (S3 on S2): managed nodes in three zones, one group of an image of the company's own, a web ACL in front of every load
 * balancer. Account and domain are the ones that AWS's and the IETF's documentation reserve for examples: put your own here.
 */
export default {
  name: "prod",
  account: "123456789012",
  region: "ap-northeast-1",
  domain: "prod.example.com",
  state: { kind: "s3" },
  clusters: { a: { version: "1.35", compute: { kind: "managed-nodes" } } },
  exposures: [{ kind: "alb-ingress", scheme: "internet-facing", waf: true }],
  teams: {
    infra: { roles: ["team/infra"], owns: ["infra"] },
    platform: { roles: ["team/platform"], owns: ["k8s-platform"] },
    pets: { roles: ["team/pets"] },
    shop: { roles: ["team/shop"] },
  },
} satisfies EnvironmentInput;
