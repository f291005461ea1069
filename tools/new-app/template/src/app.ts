import type { Environment } from "@demarc/shared/environment";
import { ApplicationStack, WebApplication } from "@demarc/shared/workload";
import { appWorkspace } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import manifest from "../package.json";
import type { Settings } from "./settings/schema";

/** This app, as its package.json states it. */
export const workspace = appWorkspace(manifest.nx.name, manifest.demarc);

/** The app in one cluster. All that it may ask for: packages/shared/src/workload/schema.ts. */
export class AppStack extends ApplicationStack {
  constructor(app: App, environment: Environment, cluster: string, { image, replicas }: Settings) {
    super(app, { workspace, environment, cluster });

    new WebApplication(this, "template-app", {
      image,
      replicas,
      port: 9898,
      resources: {
        requests: { cpu: "100m", memory: "64Mi" },
        limits: { cpu: "500m", memory: "128Mi" },
      },
      probes: { readiness: "/readyz", liveness: "/healthz" },
    });
  }
}
