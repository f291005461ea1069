import type { ActorContext } from "../../controllers/actor";
import type { KubernetesClient } from "../../controllers/kubernetes/client";
import type { Node } from "../../controllers/kubernetes/kinds";
import { defineNodeKinds, nodeClasses, nodePools } from "./kinds";
import { poolsOf } from "./pools";

/** Keeps a node class as long as there are nodes of it. AWS tells the name of EKS's finalizer nowhere. */
const FINALIZER = "eks.amazonaws.com/termination";

/** Has the API server serve pools and classes of nodes, with EKS's own among them. @param builtIn names of EKS's own pools */
export async function defineNodes(kubernetes: KubernetesClient, builtIn: readonly string[]): Promise<void> {
  await defineNodeKinds(kubernetes);
  for (const { name, nodeClass, taints } of poolsOf(builtIn)) {
    const nodeClassRef = { group: "eks.amazonaws.com", kind: "NodeClass", name: nodeClass };
    const disruption = { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "30s" };
    const spec = { disruption, template: { spec: { nodeClassRef, requirements: [], taints } } };
    await kubernetes.apply(nodePools, { metadata: { name }, spec });
  }
}

/** A class goes when its last node has gone. @param nodes those of Auto Mode */
export async function holdClasses({ kubernetes, objects }: ActorContext, nodes: readonly Node[]): Promise<void> {
  for (const { metadata } of objects(nodeClasses)) {
    const { name, deletionTimestamp, finalizers = [], resourceVersion } = metadata;
    const isUsed = nodes.some((node) => node.metadata.labels?.["eks.amazonaws.com/nodeclass"] === name);
    const isHeld = finalizers.includes(FINALIZER);
    const wanted = deletionTimestamp === undefined || (isHeld && isUsed);
    if (isHeld === wanted) continue;
    const others = finalizers.filter((other) => other !== FINALIZER);
    const patch = { metadata: { resourceVersion, finalizers: wanted ? [...others, FINALIZER] : others } };
    await kubernetes.patch(nodeClasses, metadata, patch);
  }
}
