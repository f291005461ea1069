import type { Exposure } from "@demarc/shared/environment";
import { appKindsWith, objectCounts } from "@demarc/shared/exposure";
import { z } from "zod";

/**
 * How many objects of each kind a namespace may have, by the kind's name in a quota. All of them lie in the cluster's etcd, which
 * is everybody's: EKS gives it 8 GB, a ConfigMap or Secret takes 1 MiB, any object 1.5 MiB. These let a team take 130 MiB by
 * ConfigMaps and Secrets, and about 1 GB where it makes each object as large as can be.
 *
 * What controllers make of a team's objects is counted where a team decides how much of it there is: ReplicaSets and
 * ControllerRevisions by `revisionHistoryLimit`. EndpointSlices follow from Services and pods, which are counted; Events go after
 * an hour, and no team may write them.
 */
const defaults: Readonly<Record<string, number>> = {
  configmaps: 50,
  // Helm keeps each revision of a release in one: five of each.
  secrets: 80,
  services: 30,
  serviceaccounts: 30,
  "deployments.apps": 20,
  "statefulsets.apps": 10,
  "replicasets.apps": 250,
  "controllerrevisions.apps": 120,
  "jobs.batch": 60,
  "cronjobs.batch": 20,
  "horizontalpodautoscalers.autoscaling": 20,
  "poddisruptionbudgets.policy": 30,
  "networkpolicies.networking.k8s.io": 40,
  ...objectCounts,
};

/** Kinds that only controllers write. */
const byControllers = ["replicasets.apps", "controllerrevisions.apps"];

const names = Object.keys(defaults);

/** How many of each kind. @default what stands above */
export const counts = z
  .partialRecord(z.enum(names), z.int("must be a whole number").min(0, "must be at least 0"))
  .default({});

/** Counts of a quota for each kind that a team may write, where apps are reached so. @throws Error where one has no default */
export function countQuota(
  exposures: readonly Exposure[],
  chosen: z.output<typeof counts>,
): Readonly<Record<string, string>> {
  const written = appKindsWith(exposures)
    // Their quota has a name of its own, older than the others.
    .filter(({ plural }) => plural !== "persistentvolumeclaims")
    .map(({ group, plural }) => (group === "" ? plural : `${plural}.${group}`));
  return Object.fromEntries(
    [...written, ...byControllers].map((name) => {
      const most = chosen[name] ?? defaults[name];
      if (most === undefined) throw new Error(`a team may write ${name}, and counts.ts does not say how many`);
      return [`count/${name}`, String(most)];
    }),
  );
}
