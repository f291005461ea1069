import { whenValid } from "@demarc/shared/environment";
import { z } from "zod";
import { retentionDays } from "../encryption/retention";
import { distinct } from "../distinct";
import { cidrProblem, type Zone, zone, zoneRanges } from "./cidr";
import { existingNetwork, existingSubnets } from "./existing-settings";

const nat = z.discriminatedUnion(
  "kind",
  [
    /** A zone that fails takes no other's way out with it. */
    z.strictObject({ kind: z.literal("per-zone") }),
    /** One gateway for all, at a fraction of the price. Traffic from other zones pays for crossing. */
    z.strictObject({ kind: z.literal("single"), zone }),
  ],
  "must be one of per-zone, single",
);

/** A network that infra makes, with all in it. */
const madeNetwork = z
  .strictObject({
    kind: z.literal("made").optional(),
    /** IPv4 range of the VPC, /16 to /22. Every subnet's range is computed from it. It cannot be changed later. */
    cidr: z.string("must be an IPv4 range such as 10.1.0.0/16").superRefine((cidr, context) => {
      const problem = cidrProblem(cidr);
      if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
    }),
    /** Letters of the region's availability zones to use: "a" is ap-northeast-1a. Their order says nothing. */
    zones: z
      .array(zone)
      .min(2, "must name at least two zones: EKS, RDS and load balancers all demand two")
      .refine(distinct, "names a zone twice; name each once"),
    /** How private subnets reach out. @default a NAT gateway in each zone */
    nat: nat.default({ kind: "per-zone" }),
    /**
     * Which traffic the VPC's flow logs record: ALL, or what security groups and network ACLs refused. Price: by the gigabyte that
     * CloudWatch Logs takes in, and refused traffic is a small part of all. https://aws.amazon.com/cloudwatch/pricing/ @default ALL
     */
    flowLogTraffic: z.enum(["ALL", "REJECT"], "must be ALL or REJECT").default("ALL"),
    /**
     * Days that the VPC's flow logs are kept. Price: by the gigabyte and month that CloudWatch Logs stores. @default 365, what auditors
     * ask for
     */
    flowLogRetentionDays: retentionDays.default(365),
    /**
     * AWS services to reach from inside the VPC without NAT, by the last part of their endpoint's name: "ecr.api", "sts".
     * Each is paid for by the hour and zone. @default none; S3 has a gateway endpoint, which costs nothing
     */
    interfaceEndpoints: z
      .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, "must be a service such as ecr.api or sts"))
      .refine(distinct, "names a service twice; name each once")
      .default([]),
  })
  .refine(({ nat, zones }) => nat.kind === "per-zone" || zones.includes(nat.zone), {
    path: ["nat", "zone"],
    error: "is not one of the network's zones; take one of them",
    when: whenValid({ nat, zones: z.array(zone) }),
  });

/** A network is made, where nothing is said, or it exists already: `kind: "existing"`. That is chosen once, before the first deploy. */
export const networkSettings = z.discriminatedUnion(
  "kind",
  [madeNetwork, existingNetwork],
  "must be existing or made, or left out for made",
);

export type NetworkSettings = z.output<typeof networkSettings>;
export type MadeNetworkSettings = z.output<typeof madeNetwork>;

/** Letters of the zones that the network has subnets in. */
export function zonesOf(network: NetworkSettings): Zone[] {
  return [...privateRanges(network).keys()];
}

/** IPv4 range of the subnet that nodes and pods of a zone are in, by the zone's letter. */
export function privateRanges(network: NetworkSettings): ReadonlyMap<Zone, string> {
  if (network.kind === "existing")
    return new Map(existingSubnets(network, "private").map(({ zone, cidr }) => [zone, cidr]));
  return new Map(network.zones.map((zone) => [zone, zoneRanges(network.cidr, zone).private]));
}
