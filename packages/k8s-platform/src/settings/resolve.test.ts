import { dev, invalidOnly } from "@demarc/shared/testing";
import { settingsOf } from "./resolve";
import type { K8sPlatformSettingsInput } from "./schema";

const settings: K8sPlatformSettingsInput = {
  mirror: {},
  addons: { overrides: { "cluster-autoscaler": { replicaCount: 1 } }, boundTargetGroups: ["dev-petstore"] },
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
  },
  databaseUsers: { limits: { connections: 10 } },
};

it("takes settings or says what is wrong, whatever is mangled in them", () => {
  const read = (input: unknown) => settingsOf({ dev: input as K8sPlatformSettingsInput }, dev);
  expect(() => read(settings)).not.toThrow();
  invalidOnly(settings, read);
});
