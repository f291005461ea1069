import { createHash } from "node:crypto";
import { clusterName, type Environment } from "@demarc/shared/environment";

/** Characters that the name of a load balancer or a target group may have. */
const LONGEST = 32;

/** Characters of the hash that tells names apart. */
const HASH = 8;

/** Name of the environment's ALB, and of its security group and web ACL. */
export function edgeName({ name }: Pick<Environment, "name">): string {
  return `${name}-edge`;
}

/**
 * Name of the target group of a host name in a cluster: environment and cluster, as much of the host name as there is room for, and a
 * hash.
 * @param hostname its first label
 * @param fixed the arguments that AWS can only change by another group: with others it is another name, so that the new group can be
 * made before the old one goes
 */
export function targetGroupName(environment: Environment, cluster: string, hostname: string, fixed: object): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([hostname, fixed]))
    .digest("hex")
    .slice(0, HASH);
  // The names of an environment and a cluster have 22 characters at most, with their dashes.
  const readable = `${clusterName(environment, cluster)}-${hostname}`.slice(0, LONGEST - HASH - 1);
  return `${readable.replace(/-+$/, "")}-${hash}`;
}

/**
 * What is wrong with a name of a load balancer or target group; undefined where nothing is.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
export function nameProblem(name: string): string | undefined {
  if (!/^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name))
    return `"${name}" must be at most ${String(LONGEST)} letters, digits and dashes, none of them at its ends`;
  if (name.startsWith("internal-")) return `"${name}" begins with "internal-", which AWS keeps for itself`;
  return undefined;
}
