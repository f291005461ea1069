import { whenValid } from "@demarc/shared/environment";
import { z } from "zod";
import { type Zone, zone, ZONES } from "./cidr";
import { overlap, prefixOf, startsAtItself, within } from "./ranges";

const range = z
  .cidrv4({ error: "must be an IPv4 range such as 10.1.0.0/16", abort: true })
  .refine((it) => prefixOf(it) >= 16 && prefixOf(it) <= 28, "must be a /16 to /28, as AWS has them")
  .refine(startsAtItself, "must be written with its first address, as AWS writes it");

/** Ids of EC2: 8 digits in what is older than 2018, 17 since. */
const idOf = (kind: "vpc" | "subnet", what: string) =>
  z
    .string(`must be the id of ${what}`)
    .regex(
      new RegExp(`^${kind}-([0-9a-f]{8}|[0-9a-f]{17})$`),
      `must be the id of ${what}, ${kind}-…, as AWS writes it`,
    );

const subnet = z.strictObject({
  id: idOf("subnet", "a subnet"),
  /** IPv4 range of the subnet. The plan holds it against the one that the subnet has. */
  cidr: range,
});

/** Smallest subnet that takes a load balancer: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/subnets.html */
const SMALLEST_OF_LOAD_BALANCERS = 27;

/** Kinds of subnets where load balancers stand, and nothing else. */
const loadBalancerKinds = ["internal", "public"] as const;

const subnetsOfZone = z.strictObject({
  /** Nodes, pods and databases. Its route table leads out: to NAT, or to the company's own way. */
  private: subnet,
  /** Internal load balancers and nothing else, for pods let in whatever comes from it. @default none, in any zone */
  internal: subnet.optional(),
  /** Load balancers that face the internet and nothing else; its route table leads to an internet gateway. @default none, in any zone */
  public: subnet.optional(),
});

const subnets = z
  .partialRecord(zone, subnetsOfZone, "must be the subnets of each zone, by its letter")
  .refine(
    (zones) => Object.keys(zones).length >= 2,
    "must have subnets in at least two zones: EKS, RDS and load balancers all demand two",
  );

const shape = z.strictObject({
  kind: z.literal("existing"),
  vpcId: idOf("vpc", "a VPC of this account and region"),
  /** IPv4 range of the VPC that holds every subnet named here. A VPC may have others beside it. */
  cidr: range,
  /** By the letter of the region's availability zone: "a" is ap-northeast-1a. */
  subnets,
});

type Shape = z.output<typeof shape>;
/** What a subnet is for. */
export type SubnetKind = keyof z.output<typeof subnetsOfZone>;

/** A subnet of an existing network. */
export interface ExistingSubnet {
  readonly zone: Zone;
  readonly id: string;
  /** IPv4 range. */
  readonly cidr: string;
}

/** The network's subnets of one kind, one for each zone that has it, in the order of the alphabet. */
export function existingSubnets({ subnets }: Pick<Shape, "subnets">, kind: SubnetKind): ExistingSubnet[] {
  return ZONES.flatMap((zone) => {
    const found = subnets[zone]?.[kind];
    return found === undefined ? [] : [{ zone, ...found }];
  });
}

/**
 * A network that the company's own network team made and keeps: infra looks it up, holds it against what is said here, and makes nothing in
 * it. Routes, NAT, endpoints and flow logs are theirs: docs/decisions/0027.
 */
export const existingNetwork = shape.superRefine(
  (network, context) => {
    const named = (["private", ...loadBalancerKinds] as const).flatMap((kind) =>
      existingSubnets(network, kind).map((it) => ({ ...it, place: ["subnets", it.zone, kind] })),
    );
    const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    for (const [index, { id, cidr, place }] of named.entries()) {
      if (!within(cidr, network.cidr)) refuse([...place, "cidr"], `lies outside ${network.cidr}, the VPC's cidr`);
      for (const other of named.slice(0, index)) {
        const its = other.place.join(".");
        if (id === other.id) refuse([...place, "id"], `is that of ${its} too; name each subnet once`);
        if (overlap(cidr, other.cidr)) refuse([...place, "cidr"], `overlaps ${its}, which is ${other.cidr}`);
      }
    }
    for (const kind of loadBalancerKinds) refuseLoadBalancers(network, kind, refuse);
  },
  { when: whenValid({ cidr: range, subnets }) },
);

/** A load balancer reaches pods in its own zones alone. */
function refuseLoadBalancers(
  network: Shape,
  kind: SubnetKind,
  refuse: (path: string[], message: string) => void,
): void {
  const found = existingSubnets(network, kind);
  for (const { zone, cidr } of found)
    if (prefixOf(cidr) > SMALLEST_OF_LOAD_BALANCERS)
      refuse(["subnets", zone, kind, "cidr"], "is too small for a load balancer, which demands a /27 or larger");
  const zones = found.map(({ zone }) => zone);
  if (zones.length === 0) return;
  for (const { zone } of existingSubnets(network, "private"))
    if (!zones.includes(zone))
      refuse(
        ["subnets", zone, kind],
        `zone ${zones.join(", ")} has one, and a load balancer reaches no pods of a zone where it has none; name one in each zone, or in none`,
      );
}

export type ExistingNetworkSettings = z.output<typeof existingNetwork>;
