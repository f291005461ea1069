import { reasonOf } from "../../eks-api/http/errors";
import type { ActorContext } from "../actor";
import { noteEvent } from "../kubernetes/events";
import type { KubernetesObject, ResourceKind } from "../kubernetes/object";
import type { Aws } from "./aws";
import type { Flavor } from "./kinds";
import { UnbuildableModel } from "./plan";
import type { PodTarget } from "./targets";
import type { PlanningOptions } from "./planning-options";

/** What the controller knows from earlier calls; nothing of it is needed to be right, it saves questions to AWS. */
export class Memory {
  /** What was deployed, by stack: the plan as text, and the DNS name. */
  readonly deployed = new Map<string, { readonly plan: string; readonly dnsName: string }>();
  /** Targets as they were last registered, by binding. */
  readonly targets = new Map<string, readonly PodTarget[]>();
  /** What the rules in groups of pods follow from, as text. */
  rules = "[]";
}

/** What every part of the controller works with, for the time of one call. */
export interface Controller extends Pick<ActorContext, "kubernetes" | "objects" | "say"> {
  readonly flavor: Flavor;
  /** Its name. */
  readonly cluster: string;
  /** Security group of the cluster, which its nodes and pods are in. */
  readonly clusterSecurityGroupId: string;
  /** Whether it puts web ACLs in front of load balancers (`--enable-wafv2`). */
  readonly guards: boolean;
  readonly planning: Omit<PlanningOptions, "services" | "cluster">;
  readonly memory: Memory;
  /** @throws Error where the controller has no credentials */
  aws(): Promise<Aws>;
}

/** Does something for some objects; where it fails, they get an Event that says why, and the call goes on with others. @returns whether it worked */
export async function attempt(
  controller: Controller,
  objects: readonly KubernetesObject[],
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (fault) {
    const [reason, what] =
      fault instanceof UnbuildableModel ? ["FailedBuildModel", "build"] : ["FailedDeployModel", "deploy"];
    const message = `Failed ${what} model due to ${reasonOf(fault)}`;
    controller.say(`${objects.map(({ metadata }) => metadata.name).join(", ")}: ${message}`);
    await note(controller, objects, { type: "Warning", reason, message });
    return false;
  }
}

/** Notes an Event on objects. */
export async function note(
  { kubernetes, flavor }: Controller,
  objects: readonly KubernetesObject[],
  event: Parameters<typeof noteEvent>[3],
): Promise<void> {
  for (const object of objects) await noteEvent(kubernetes, flavor.source, object, event);
}

/** Gives an object a finalizer: from then on it goes only when the controller has cleaned up. */
export async function addFinalizer<T extends KubernetesObject>(
  { kubernetes }: Controller,
  kind: ResourceKind<T>,
  { metadata }: T,
  finalizer: string,
): Promise<void> {
  const { finalizers = [], resourceVersion } = metadata;
  if (finalizers.includes(finalizer)) return;
  await kubernetes.patch(kind, metadata, { metadata: { resourceVersion, finalizers: [...finalizers, finalizer] } });
}

export async function removeFinalizer<T extends KubernetesObject>(
  { kubernetes }: Controller,
  kind: ResourceKind<T>,
  { metadata }: T,
  finalizer: string,
): Promise<void> {
  const { finalizers = [], resourceVersion } = metadata;
  if (!finalizers.includes(finalizer)) return;
  const left = finalizers.filter((other) => other !== finalizer);
  await kubernetes.patch(kind, metadata, { metadata: { resourceVersion, finalizers: left } });
}
