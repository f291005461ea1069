import type { Written } from "../../controllers/kubernetes/client";
import type { Node, Pod } from "../../controllers/kubernetes/kinds";
import type { Subnet } from "../../eks-api/account/network";
import { kubeletOf, releaseOf } from "../../eks-api/nodegroup/check";
import { nodeObject, privateDnsName } from "../node";
import { requestsOf } from "../resources";
import type { FargateSize } from "./size";

const COMPUTE_TYPE = "eks.amazonaws.com/compute-type";

/** GiB that Fargate gives each pod unasked (EKS User Guide, "Fargate storage"). */
const DISK = 20;

export interface FargateNodeFacts {
  readonly pod: Pod;
  readonly region: string;
  readonly subnet: Subnet;
  /** The one address that node and pod have. */
  readonly privateIp: string;
  readonly size: FargateSize;
  /** Kubernetes version of the cluster, e.g. 1.35. */
  readonly version: string;
}

/** The node that Fargate makes for a pod, and for it alone: no other pod finds room. */
export function fargateNode({ pod, region, subnet, privateIp, size, version }: FargateNodeFacts): Written {
  const name = `fargate-${privateDnsName(privateIp, region)}`;
  const resources = {
    cpu: `${size.vcpus * 1_000}m`,
    memory: `${size.memory * 1_024}Mi`,
    "ephemeral-storage": `${Math.max(DISK, Math.ceil(requestsOf(pod).disk / 2 ** 30))}Gi`,
  };
  return nodeObject({
    name,
    region,
    zone: subnet.zone,
    architecture: "amd64",
    privateIp,
    // The pod's id stands where Fargate has that of its own task.
    providerId: `aws:///${subnet.zone}/${pod.metadata.uid ?? ""}/${name}`,
    podCidr: `${privateIp}/32`,
    labels: { [COMPUTE_TYPE]: "fargate" },
    taints: [{ key: COMPUTE_TYPE, value: "fargate", effect: "NoSchedule" }],
    capacity: { ...resources, pods: "1" },
    // None for the scheduler: the pod of a DaemonSet that tolerates everything would be there before the node's own pod.
    allocatable: { ...resources, pods: "0" },
    kubeletVersion: kubeletOf(releaseOf(version)),
  });
}

export function isFargate({ metadata }: Node): boolean {
  return metadata.labels?.[COMPUTE_TYPE] === "fargate";
}

/** Id of the pod that a Fargate node was made for. */
export function podIdOf({ spec }: Node): string | undefined {
  return spec.providerID?.split("/").at(-2);
}
