import type { EnvironmentInput } from "../schema";

/** REST APIs before EKS Auto Mode (S1): infra owns load balancers and controllers; app teams own APIs, bindings and workloads. */
export default {
  name: "classic-api",
  account: "123456789012",
  region: "ap-northeast-1",
  domain: "classic-api.example.com",
  state: { kind: "s3" },
  data: false,
  clusters: { a: { version: "1.35", compute: { kind: "managed-nodes" } } },
  exposures: [{ kind: "api-gateway", loadBalancer: "infra", listeners: { petstore: 8001, storefront: 8002 } }],
  teams: {
    infra: { roles: ["team/infra"], owns: ["infra", "k8s-platform"] },
    pets: { roles: ["team/pets"] },
    shop: { roles: ["team/shop"] },
  },
} satisfies EnvironmentInput;
