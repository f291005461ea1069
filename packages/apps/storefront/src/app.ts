import type { Environment } from "@demarc/shared/environment";
import { ApplicationStack, WebApplication } from "@demarc/shared/workload";
import { appWorkspace } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import manifest from "../package.json";
import openapi from "./openapi.json";
import type { Settings } from "./settings/schema";

/** This app, as its package.json states it. */
export const storefront = appWorkspace(manifest.nx.name, manifest.demarc);

/** The shop in one cluster: it keeps its orders in the database and sends them to the queue, as nobody but itself. */
export class StorefrontStack extends ApplicationStack {
  constructor(app: App, environment: Environment, cluster: string, { image, replicas, keepsOrders }: Settings) {
    super(app, { workspace: storefront, environment, cluster });

    new WebApplication(this, "storefront", {
      image,
      replicas,
      port: 9898,
      resources: {
        requests: { cpu: "100m", memory: "64Mi" },
        limits: { cpu: "500m", memory: "128Mi" },
      },
      probes: { readiness: "/readyz", liveness: "/healthz" },
      api: { document: openapi },
      variables: { PODINFO_UI_MESSAGE: "storefront" },
      ...(keepsOrders ? { database: true, queue: "send" } : {}),
    });
  }
}
