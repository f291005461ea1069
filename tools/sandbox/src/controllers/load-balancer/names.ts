import { createHash } from "node:crypto";

/** Names of load balancers have 32 letters at most: a part of what they are of, and a digest of all of it. */
export function loadBalancerName(parts: readonly string[], identity: readonly string[]): string {
  return ["k8s", ...shortened(parts), digest(identity)].join("-");
}

/** Parts that share 17 letters: one has them all, two have eight each. */
function shortened(parts: readonly string[]): string[] {
  const length = parts.length === 1 ? 17 : 8;
  return parts.map((part) => part.replaceAll(/[^a-zA-Z0-9]/g, "").slice(0, length));
}

function digest(identity: readonly string[]): string {
  return createHash("sha256").update(identity.join("")).digest("hex").slice(0, 10);
}

/** Name of the security group that all load balancers of a cluster reach its pods from. */
export function backendSecurityGroupName(cluster: string): string {
  return `k8s-traffic-${cluster.replaceAll(/[^a-zA-Z0-9]/g, "")}-${digest([cluster])}`;
}
