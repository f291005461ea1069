import type { EnvironmentInput } from "../schema";

/** Pods on Fargate behind an ALB that infra owns (S0): two clusters, between which requests are divided by weights. */
export default {
  name: "fargate-alb",
  account: "123456789012",
  region: "ap-northeast-1",
  domain: "fargate-alb.example.com",
  state: { kind: "s3" },
  data: false,
  clusters: {
    a: { version: "1.35", compute: { kind: "fargate" }, weight: 100 },
    b: { version: "1.35", compute: { kind: "fargate" }, weight: 0 },
  },
  exposures: [{ kind: "target-group-binding", apps: ["petstore", "storefront"] }],
  teams: {
    infra: { roles: ["team/infra"], owns: ["infra"] },
    platform: { roles: ["team/platform"], owns: ["k8s-platform"] },
    pets: { roles: ["team/pets"] },
    shop: { roles: ["team/shop"] },
  },
} satisfies EnvironmentInput;
