import type { Environment } from "@demarc/shared/environment";
import { ApplicationStack, WebApplication } from "@demarc/shared/workload";
import { appWorkspace } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import manifest from "../package.json";
import openapi from "./openapi.json";
import type { Settings } from "./settings/schema";

/** This app, as its package.json states it. */
export const petstore = appWorkspace(manifest.nx.name, manifest.demarc);

/** The Swagger Petstore in one cluster: an image that somebody else built, with the exceptions that it needs. */
export class PetstoreStack extends ApplicationStack {
  constructor(app: App, environment: Environment, cluster: string, { image, replicas }: Settings) {
    super(app, { workspace: petstore, environment, cluster });

    new WebApplication(this, "petstore", {
      image,
      replicas,
      port: 8080,
      resources: {
        requests: { cpu: "100m", memory: "256Mi" },
        limits: { cpu: "500m", memory: "512Mi" },
      },
      api: { document: openapi },
      // Half a CPU takes its time to start a JVM.
      probes: { readiness: "/api/v3/openapi.json", liveness: "/", startupSeconds: 180 },
      overrides: {
        runAsUser: {
          uid: 10001,
          reason: "the image sets no user and would run as root; it only reads its files, which everybody may",
        },
        writablePaths: {
          paths: ["/var/log", "/tmp"],
          reason: "Jetty logs requests to /var/log, a file a day, and unpacks the application into /tmp",
        },
      },
    });
  }
}
