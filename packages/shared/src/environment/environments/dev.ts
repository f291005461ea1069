import type { EnvironmentInput } from "../schema";

/**
 * The base shape (S2): managed nodes, and the AWS Load Balancer Controller owns the ALB.
 * Account and domain are the ones that AWS's and the IETF's documentation reserve for examples: put your own here.
 */
export default {
  name: "dev",
  account: "123456789012",
  region: "ap-northeast-1",
  domain: "dev.example.com",
  state: { kind: "s3" },
  clusters: { a: { version: "1.35", compute: { kind: "managed-nodes" } } },
  exposures: [{ kind: "alb-ingress", scheme: "internet-facing" }],
  teams: {
    infra: { roles: ["team/infra"], owns: ["infra"] },
    platform: { roles: ["team/platform"], owns: ["k8s-platform"] },
    pets: { roles: ["team/pets"] },
    shop: { roles: ["team/shop"] },
  },
} satisfies EnvironmentInput;
