import type { Node } from "../controllers/kubernetes/kinds";
import { type Cidr, cidr, overlaps } from "../eks-api/cidr";

/** The blocks that the nodes of a cluster have. */
export interface BlocksInUse {
  readonly cluster: string;
  readonly blocks: readonly string[];
}

/**
 * Blocks of subnets that nodes' pods get their addresses from, so that a pod has an address of its VPC: KWOK gives a node's pods
 * those of its `podCIDR`, from the second one on. The first quarter of a subnet is left to what else has addresses there.
 */
export class PodAddresses {
  static readonly #ofAccounts = new WeakMap<object, PodAddresses>();

  /** The one of an account: several clusters may share its subnets. */
  static of(account: object): PodAddresses {
    const known = this.#ofAccounts.get(account) ?? new PodAddresses();
    this.#ofAccounts.set(account, known);
    return known;
  }

  /** Blocks that nodes have, by cluster. */
  readonly #inUse = new Map<string, readonly string[]>();

  /** Where the block that was given last ends, by subnet: a block is given again as late as can be. */
  readonly #last = new Map<string, number>();

  /**
   * A block of a subnet that overlaps none of those in use: twice as large as needed where there is room, as KWOK loses an address
   * now and then.
   *
   * @param subnet its CIDR block
   * @param pods how many addresses are needed
   * @param inUse by the cluster that asks
   * @throws Error when there is no room
   */
  next(subnet: string, pods: number, inUse: BlocksInUse): string {
    // The network's own address and the last one, which may be the broadcast address, are nobody's.
    const block = this.#free(subnet, 2 * pods + 2, inUse) ?? this.#free(subnet, pods + 2, inUse);
    if (!block) throw new Error(`subnet ${subnet} has no ${pods} addresses in a row left for the pods of a node`);
    return block;
  }

  /** One address of a subnet, that of a Fargate node and of its pod: `<address>/32`. @throws Error when there is none */
  single(subnet: string, inUse: BlocksInUse): string {
    const block = this.#free(subnet, 1, inUse);
    if (!block) throw new Error(`subnet ${subnet} has no address left`);
    return block;
  }

  #free(subnet: string, least: number, { cluster, blocks }: BlocksInUse): string | undefined {
    this.#inUse.set(cluster, blocks);
    const outer = cidr(subnet);
    const prefix = 32 - Math.ceil(Math.log2(least));
    const size = 2 ** (32 - prefix);
    const from = outer.first + Math.ceil((outer.last - outer.first + 1) / 4 / size) * size;
    const starts: number[] = [];
    for (let first = from; first + size - 1 <= outer.last - (size === 1 ? 1 : 0); first += size) starts.push(first);
    const last = this.#last.get(subnet) ?? 0;
    const taken = [...this.#inUse.values()].flat().map(cidr);
    const free = [...starts.filter((first) => first > last), ...starts.filter((first) => first <= last)]
      .map((first): Cidr => ({ first, last: first + size - 1, prefix }))
      .find((block) => !taken.some((other) => overlaps(block, other)));
    if (!free) return undefined;
    const block = `${address(free.first)}/${prefix}`;
    this.#last.set(subnet, free.first);
    this.#inUse.set(cluster, [...blocks, block]);
    return block;
  }
}

function address(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

/** Those that nodes have. */
export function blocksOf(cluster: string, nodes: readonly Node[]): BlocksInUse {
  return { cluster, blocks: nodes.flatMap(({ spec }) => spec.podCIDR ?? []) };
}
