import { accountStackId, type Environment } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import type { WorkspaceKind } from "@demarc/shared/workspace";
import type { SynthesizedProject } from "../graph";
import type { DeployableStack } from "../stacks";
import { stateAt } from "./repository";
import { deployableStack } from "./stack";

/** The fixture with a second cluster beside its first. */
export const devWithTwoClusters: Environment = {
  ...dev,
  clusters: {
    a: { version: "1.35", compute: { kind: "managed-nodes" } },
    b: { version: "1.35", compute: { kind: "managed-nodes" } },
  },
};

/** A stack whose state, and those that it reads, have these keys, without `.tfstate`. */
export function stackOf(
  id: string,
  key: string,
  reads: readonly string[] = [],
  after: readonly string[] = [],
): DeployableStack {
  const state = (key: string) => stateAt(`${key}.tfstate`);
  return deployableStack({ id, state: state(key), reads: reads.map(state), after });
}

export function projectOf(name: string, kind: WorkspaceKind, ...stacks: DeployableStack[]): SynthesizedProject {
  return { project: { name, kind, directory: "", app: "", context: {} }, checked: "", stacks };
}

const cluster = (id: string) => stackOf(`dev-${id}-cluster`, `dev/${id}/infra/cluster`, ["dev/infra/network"]);

const platform = (id: string) => [
  stackOf(`dev-${id}-tenancy`, `dev/${id}/k8s-platform/tenancy`, [`dev/${id}/infra/cluster`], [`dev-${id}-addons`]),
  stackOf(`dev-${id}-addons`, `dev/${id}/k8s-platform/addons`, [`dev/${id}/infra/cluster`]),
];

const petstore = (id: string, ...more: string[]) =>
  stackOf(`dev-${id}-petstore`, `dev/${id}/apps/petstore`, [`dev/${id}/k8s-platform/tenancy`, ...more]);

/** All stacks of two clusters, none of them after those that it needs. The app needs the database in cluster a alone. */
export const inTwoClusters = {
  environment: devWithTwoClusters,
  projects: [
    projectOf("petstore", "apps", petstore("b"), petstore("a", "dev/infra/data")),
    projectOf("k8s-platform", "k8s-platform", ...platform("b"), ...platform("a")),
    projectOf(
      "infra",
      "infra",
      ...[cluster("b"), cluster("a")],
      stackOf("dev-data", "dev/infra/data", ["dev/infra/network"]),
      stackOf("dev-network", "dev/infra/network"),
      stackOf(accountStackId(devWithTwoClusters), "account/infra/account"),
    ),
  ],
};
