import type { EksAddOnName } from "@demarc/shared/environment";
import type { ManagedAddOn } from "../add-on";

/** The one add-on that Fargate needs: its machines bring pod network and proxy, and cannot mount EBS volumes. */
export const addOnNames = ["coredns"] as const satisfies readonly EksAddOnName[];

/** Of the smallest machine, 0.5 GB, Kubernetes takes 256 MB. As much requested as allowed, so that the kubelet stops others first. */
const smallest = { cpu: "250m", memory: "256M" };

export const coreDns: ManagedAddOn = {
  name: "coredns",
  values: { computeType: "Fargate", resources: { requests: smallest, limits: smallest } },
};
