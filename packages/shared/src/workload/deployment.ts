import type { Deployment } from "kubernetes-types/apps/v1";
import type { KubernetesObject } from "../kubernetes";
import { SURGE } from "./limits";
import { overrideReasons } from "./overrides";
import { podSpec, type PodSurroundings } from "./pod";
import { metadata, type Workload } from "./workload";

/** The app's Deployment. Its annotations `overrides.demarc/…` show each default that the app leaves, and why. */
export function deployment(app: Workload, surroundings: PodSurroundings): KubernetesObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: metadata(app, overrideReasons(app.settings.overrides)),
    // No `replicas`: that number is the autoscaler's, and a release would set it back.
    spec: {
      selector: { matchLabels: app.selector },
      // A pod leaves only when another one has taken its place.
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: `${String(SURGE * 100)}%` } },
      template: { metadata: { labels: app.labels }, spec: podSpec(app, surroundings) },
    },
  } satisfies Deployment;
}
