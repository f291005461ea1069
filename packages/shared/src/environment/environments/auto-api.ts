import type { EnvironmentInput } from "../schema";

/**
 * Pods on EKS Auto Mode behind REST APIs (S1): the Kubernetes side owns each app's load balancer, through a Service, and nobody installs
 * the controller that makes it.
 */
export default {
  name: "auto-api",
  account: "123456789012",
  region: "ap-northeast-1",
  domain: "auto-api.example.com",
  state: { kind: "s3" },
  data: false,
  clusters: { a: { version: "1.35", compute: { kind: "auto-mode" } } },
  exposures: [{ kind: "api-gateway", loadBalancer: "service" }],
  teams: {
    infra: { roles: ["team/infra"], owns: ["infra"] },
    platform: { roles: ["team/platform"], owns: ["k8s-platform"] },
    pets: { roles: ["team/pets"] },
    shop: { roles: ["team/shop"] },
  },
} satisfies EnvironmentInput;
