import { type Environment, parse } from "@demarc/shared/environment";
import { dev, synthesized, type SynthesizedStack } from "@demarc/shared/testing";
import type { z } from "zod";
import { clustersOf } from "../cluster/clusters";
import { clusterSettings } from "../cluster/settings";
import { ClusterStack } from "../cluster/stack";
import { retained } from "./keys";

type Input = z.input<typeof clusterSettings>;

/** The least that a cluster must be given. */
export const leastSettings: Input = {
  endpoint: { kind: "private" },
  nodeGroups: { general: { instanceTypes: ["m7i.large"], size: { min: 1, desired: 2, max: 3 } } },
};

/** The stack of dev's cluster with the least settings and these on top. */
export function clusterStack(changes: Partial<Input> = {}, environment: Environment = dev): SynthesizedStack {
  const settings = parse("settings", clusterSettings, { ...leastSettings, ...changes });
  const { "dev-a-cluster": stack } = synthesized((app, environment) => {
    for (const cluster of clustersOf(environment, { a: settings }))
      new ClusterStack(app, environment, cluster, retained);
  }, environment);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack;
}
