import { kinds, type Node, type Pod } from "../../controllers/kubernetes/kinds";
import {
  isObjectOf,
  type KubernetesObject,
  type ObjectMeta,
  type ResourceKind,
} from "../../controllers/kubernetes/object";
import type { GroupState } from "../../eks-api/account/auto-scaling";
import type { InstanceType } from "../../eks-api/account/instances";

/** m7i.large as EC2 describes it. */
export const M7I_LARGE: InstanceType = {
  name: "m7i.large",
  architecture: "amd64",
  vcpus: 2,
  memoryMiB: 8_192,
  networkInterfaces: 3,
  addressesPerInterface: 10,
};

type Fields = Readonly<Record<string, unknown>>;

/** A container that requests this much. */
export function container(requests: Readonly<Record<string, string>> = {}, more: Fields = {}): Fields {
  return { name: "app", image: "example.com/app:1", resources: { requests }, ...more };
}

/** A pod of one container, which waits unless `spec` or `status` say more. */
export function pod(
  requests: Readonly<Record<string, string>> = {},
  {
    metadata = {},
    spec = {},
    status = {},
  }: { readonly metadata?: Partial<ObjectMeta>; readonly spec?: Fields; readonly status?: Fields } = {},
): Pod {
  return objectOf(kinds.pods, {
    metadata: { name: "pod", namespace: "shop", uid: "pod-id", ...metadata },
    spec: { containers: [container(requests)], ...spec },
    status: { phase: "Pending", ...status },
  });
}

/** A ready node of 1930m, 7 GiB and 17 GiB of disk for 29 pods. */
export function node(name: string): Node {
  return objectOf(kinds.nodes, {
    metadata: { name },
    spec: { providerID: `aws:///ap-northeast-1a/i-${name}` },
    status: {
      allocatable: { cpu: "1930m", memory: "7Gi", "ephemeral-storage": "17Gi", pods: "29" },
      conditions: [{ type: "Ready", status: "True" }],
    },
  });
}

function objectOf<T extends KubernetesObject>(kind: ResourceKind<T>, fields: Fields): T {
  const object = { ...fields, apiVersion: kind.apiVersion, kind: kind.kind };
  if (!isObjectOf(kind, object)) throw new Error(`this is no ${kind.kind}`);
  return object;
}

/** An Auto Scaling group of 1 to 4 instances, which has the named ones. */
export function group(name: string, instances: readonly string[], more: Partial<GroupState> = {}): GroupState {
  return {
    name,
    scaling: { minSize: 1, maxSize: 4, desiredSize: instances.length },
    zones: [],
    instanceTypes: ["m7i.large"],
    tags: {},
    instances,
    ...more,
  };
}
