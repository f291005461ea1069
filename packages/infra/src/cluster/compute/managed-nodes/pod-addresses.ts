import limits from "./network-limits.json";

/** How an instance type's network interfaces hold addresses, of which the first of each is the interface's own. */
interface Interfaces {
  readonly count: number;
  /** IPv4 addresses that each interface has room for. */
  readonly addresses: number;
}

const interfacesOfType: ReadonlyMap<string, Interfaces> = new Map(
  Object.entries(limits.interfacesAndAddresses).flatMap(([key, types]) => {
    const [count = 0, addresses = 0] = key.split(" x ").map(Number);
    return types.split(" ").map((type) => [type, { count, addresses }] as const);
  }),
);

const familiesWithoutPrefixes: readonly string[] = limits.withoutPrefixes.split(" ");

/** Pods on the host's network, which need no address of their own: aws-node and kube-proxy. */
const ON_THE_HOST = 2;
/** Addresses of a prefix, a /28. */
const PREFIX = 16;

/** Whether an instance type can have prefixes: those of the Nitro system can. */
export function takesPrefixes(instanceType: string): boolean {
  return !familiesWithoutPrefixes.includes(instanceType.split(".")[0] ?? "");
}

/**
 * IPv4 addresses that a node full of pods takes from its subnet. The VPC CNI takes whole interfaces, or with prefix delegation whole
 * prefixes, and keeps one more than pods need (WARM_ENI_TARGET and WARM_PREFIX_TARGET, both 1).
 * https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/eni-and-ip-target.md and docs/prefix-and-ip-target.md
 */
export function addressesOfNode(instanceType: string, prefixDelegation: boolean): number {
  const most = mostPods(instanceType);
  const pods = most - ON_THE_HOST;
  // AWS brings out new types every month: of one that is not listed, all that counts is how many pods it may have.
  const { count, addresses } = interfacesOfType.get(instanceType) ?? { count: 1, addresses: most };
  const perInterface = addresses - 1;
  if (prefixDelegation) {
    const prefixes = Math.min(Math.ceil(pods / PREFIX) + 1, count * perInterface);
    return prefixes * PREFIX + Math.ceil(prefixes / perInterface);
  }
  return addresses * Math.min(count, Math.ceil(pods / perInterface) + 1);
}

/**
 * Pods that a managed node group lets a node have at most: 110, or 250 from 30 vCPUs on (EKS User Guide, "Choosing an optimal
 * Amazon EC2 node instance type"). A type's vCPUs follow from its size: four for each "xlarge".
 */
export function mostPods(instanceType: string): number {
  const [, size = ""] = instanceType.split(".");
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  const large = times === undefined ? size.startsWith("metal") : 4 * Number(times) >= 30;
  return large ? 250 : 110;
}
