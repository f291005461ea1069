import type { ActorCluster } from "../../controllers/actor";
import type { Node } from "../../controllers/kubernetes/kinds";
import type { InstanceType } from "../../eks-api/account/instances";
import { quantity } from "../quantity";
import type { NodeClassObject, NodePoolObject } from "./kinds";
import { BUILT_IN, type NodePool } from "./pools";

const SECONDS = new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3_600],
]);

/** Of a class that says nothing of its disk. */
const DISK = "80Gi";

/** Pools that are not EKS's own, whose nodes would be let in; of the others it is told why not. The weightiest first. */
export function ownPools(
  objects: readonly NodePoolObject[],
  classes: readonly NodeClassObject[],
  cluster: ActorCluster,
  say: (line: string) => void,
): NodePool[] {
  const present = objects.filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined && !BUILT_IN.has(metadata.name),
  );
  return present
    .flatMap((object) => {
      const { name: of } = object.spec.template.spec.nodeClassRef;
      const found = classes.find(({ metadata }) => metadata.name === of && metadata.deletionTimestamp === undefined);
      if (found !== undefined && isLetIn(found, cluster)) return [poolOf(object, found)];
      const why =
        found === undefined
          ? `there is no NodeClass ${of}`
          : `role ${found.spec.role ?? ""} has no access entry of type EC2`;
      say(`no node for pool ${object.metadata.name}: ${why}`);
      return [];
    })
    .sort((one, other) => other.weight - one.weight);
}

/** EKS lets in nodes of the role of its own pools; of any other somebody makes an entry with the policy of Auto Mode's nodes. */
function isLetIn({ spec }: NodeClassObject, { record }: ActorCluster): boolean {
  return record.accessEntries
    .values()
    .some(
      ({ entry, policies }) =>
        entry.type === "EC2" &&
        entry.principalArn.split("/").at(-1) === spec.role &&
        policies.names().some((arn) => arn.endsWith("/AmazonEKSAutoNodePolicy")),
    );
}

function poolOf({ metadata, spec }: NodePoolObject, nodeClass: NodeClassObject): NodePool {
  const { subnetSelectorTerms = [], securityGroupSelectorTerms = [], ephemeralStorage, tags = {} } = nodeClass.spec;
  const [, number = "0", unit = "s"] = /^(\d+)([smh])$/.exec(spec.disruption?.consolidateAfter ?? "") ?? [];
  const most = (resource: string) => {
    const limit = spec.limits?.[resource];
    return limit === undefined ? Infinity : quantity(String(limit));
  };
  return {
    name: metadata.name,
    nodeClass: nodeClass.metadata.name,
    weight: spec.weight ?? 0,
    taints: spec.template.spec.taints ?? [],
    requirements: spec.template.spec.requirements,
    limits: { cpu: most("cpu"), memory: most("memory") },
    consolidateAfter: Number(number) * (SECONDS.get(unit) ?? 0) * 1_000,
    diskGib: quantity(ephemeralStorage?.size ?? DISK) / 2 ** 30,
    // Selectors by tags are not served here.
    subnetIds: subnetSelectorTerms.flatMap(({ id }) => id ?? []),
    securityGroupIds: securityGroupSelectorTerms.flatMap(({ id }) => id ?? []),
    tags,
  };
}

/** Whether a further node of that type leaves a pool within its limits. @param nodes those that it has */
export function isWithin({ limits }: NodePool, nodes: readonly Node[], type: InstanceType): boolean {
  const used = (resource: string) => nodes.reduce((sum, { status }) => sum + quantity(status?.capacity?.[resource]), 0);
  return used("cpu") + type.vcpus <= limits.cpu && used("memory") + type.memoryMiB * 2 ** 20 <= limits.memory;
}
