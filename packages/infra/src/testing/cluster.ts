import type { RegisteredApp } from "@demarc/shared/apps";
import { type ComputeKind, type Environment, parse } from "@demarc/shared/environment";
import { dev, synthesized, type SynthesizedStack, withApps } from "@demarc/shared/testing";
import type { z } from "zod";
import { clustersOf } from "../cluster/clusters";
import type { autoModeSettings } from "../cluster/compute/auto-mode/settings";
import type { fargateSettings } from "../cluster/compute/fargate/settings";
import type { managedNodesSettings } from "../cluster/compute/managed-nodes/settings";
import { clusterSettings } from "../cluster/settings";
import { ClusterStack } from "../cluster/stack";
import { retained } from "./keys";

type Input = z.input<typeof clusterSettings>;
type NodesInput = Omit<z.input<typeof managedNodesSettings>, "kind">;

/** The least that a cluster of managed nodes must be given, with these settings of its nodes on top. */
export function settingsOfNodes(changes: Partial<NodesInput> = {}): Input {
  const nodeGroups = { general: { instanceTypes: ["m7i.large"], size: { min: 1, desired: 2, max: 3 } } };
  return { endpoint: { kind: "private" }, compute: { kind: "managed-nodes", nodeGroups, ...changes } };
}

/** The stack of dev's cluster with the least settings and these on top. @param apps the registered ones. @default none */
export function clusterStack(
  changes: Partial<Input> = {},
  environment: Environment = dev,
  apps: readonly RegisteredApp[] = [],
): SynthesizedStack {
  const settings = parse("settings", clusterSettings, { ...settingsOfNodes(), ...changes });
  const build = withApps(apps, (app, environment) => {
    for (const cluster of clustersOf(environment, { a: settings }))
      new ClusterStack(app, environment, cluster, retained);
  });
  const { "dev-a-cluster": stack } = synthesized(build, environment);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack;
}

/** The same, with these settings of its nodes. */
export function nodesStack(changes: Partial<NodesInput> = {}, environment: Environment = dev): SynthesizedStack {
  return clusterStack(settingsOfNodes(changes), environment);
}

/** dev, but with a cluster of that compute kind. */
export function devOn(kind: ComputeKind): Environment {
  return { ...dev, clusters: { a: { version: "1.35", compute: { kind } } } };
}

type Profiles = z.input<typeof fargateSettings>["profiles"];

const pods: Profiles = { pods: { selectors: [{ namespace: "kube-*" }, { namespace: "*" }] } };

/** The least that is said of each kind of compute. */
const leastOfKind: Readonly<Record<ComputeKind, Input["compute"]>> = {
  "managed-nodes": settingsOfNodes().compute,
  fargate: { kind: "fargate", profiles: pods },
  "auto-mode": { kind: "auto-mode" },
};

/** The stack of dev's cluster on that kind of compute, with the least settings. */
export function stackOfKind(kind: ComputeKind): SynthesizedStack {
  return clusterStack({ compute: leastOfKind[kind] }, devOn(kind));
}

/** The same on Fargate, with these profiles. */
export function fargateStack(profiles = pods): SynthesizedStack {
  return clusterStack({ compute: { kind: "fargate", profiles } }, devOn("fargate"));
}

/** The same of Auto Mode, with these of EKS's own pools. */
export function autoModeStack(nodePools: z.input<typeof autoModeSettings>["nodePools"]): SynthesizedStack {
  return clusterStack({ compute: { kind: "auto-mode", nodePools } }, devOn("auto-mode"));
}
