import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { Construct } from "constructs";
import { overrideReasons } from "./overrides";
import { podSpec, type PodSurroundings } from "./pod";
import { metadata, type Workload } from "./workload";

/** The app's Deployment. Its annotations `overrides.demarc/…` show each default that the app leaves, and why. */
export function deployment(scope: Construct, app: Workload, surroundings: PodSurroundings): DeploymentV1 {
  const { replicas, overrides } = app.settings;
  return new DeploymentV1(scope, "deployment", {
    metadata: metadata(app, overrideReasons(overrides)),
    spec: {
      replicas: String(replicas.min),
      selector: { matchLabels: app.selector },
      // A pod leaves only when another one has taken its place.
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "0", maxSurge: "25%" } },
      template: { metadata: { labels: app.labels }, spec: podSpec(app, surroundings) },
    },
    // The autoscaler's from the first moment on.
    lifecycle: { ignoreChanges: ["spec[0].replicas"] },
  });
}
