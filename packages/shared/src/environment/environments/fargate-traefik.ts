import type { EnvironmentInput } from "../schema";

/** Pods on Fargate, and one ALB for all apps that leads to Traefik (S4). */
export default {
  name: "fargate-traefik",
  account: "123456789012",
  region: "ap-northeast-1",
  domain: "fargate-traefik.example.com",
  state: { kind: "s3" },
  data: false,
  clusters: { a: { version: "1.35", compute: { kind: "fargate" } } },
  exposures: [{ kind: "traefik", scheme: "internet-facing" }],
  teams: {
    infra: { roles: ["team/infra"], owns: ["infra"] },
    platform: { roles: ["team/platform"], owns: ["k8s-platform"] },
    pets: { roles: ["team/pets"] },
    shop: { roles: ["team/shop"] },
  },
} satisfies EnvironmentInput;
