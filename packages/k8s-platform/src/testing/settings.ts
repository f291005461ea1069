import type { K8sPlatformSettingsInput } from "../settings/schema";

/** What the platform is told of the fixture `dev`, with something in every place that takes a text. */
export const settings: K8sPlatformSettingsInput = {
  mirror: {
    charts: "oci://registry.example.com/charts",
    images: { "registry.k8s.io": "registry.example.com:5000/k8s" },
  },
  addons: {
    overrides: { "cluster-autoscaler": { replicaCount: 1, customArgs: ["--v=4"], extraEnv: { LOG: "debug" } } },
  },
  tenancy: {
    registries: ["registry.example.com/shop"],
    teams: {
      pets: {
        quota: { volumeClaims: 2, storage: "20Gi", objects: { "deployments.apps": 4 } },
        containers: { limits: { cpu: "2", memory: "2Gi" } },
        mutableImages: [{ image: "registry.example.com/shop/petstore:1", reason: "no digest is published" }],
        tolerations: [{ key: "example.com/purpose", value: "spot", effect: "NoSchedule" }],
      },
    },
    loadBalancers: { shared: [{ name: "office", teams: ["pets", "shop"], reason: "they are one department" }] },
  },
  databaseUsers: { limits: { connections: 10 } },
};
