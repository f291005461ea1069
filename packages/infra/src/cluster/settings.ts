import { z } from "zod";
import { bastionSettings } from "../bastion/settings";
import { retentionDays } from "../encryption/retention";
import { TAKEN } from "../network/cidr";
import { overlap, prefixOf, startsAtItself, within } from "../network/ranges";
import { distinct } from "../distinct";
import { computeOf, computeSettings } from "./compute/kinds";

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Networks that reach into a VPC have private addresses, or the shared ones of RFC 6598. */
const innerRanges = [...privateRanges, "100.64.0.0/10"];

/** Ranges that nobody on the internet has, so EKS refuses them at a public endpoint: the last one is for benchmarks (RFC 2544). */
const reservedRanges = [...innerRanges, ...Object.keys(TAKEN), "198.18.0.0/15"];

const liesIn = (outers: readonly string[]) => (range: string) => outers.some((outer) => within(range, outer));

/** @param what of whose addresses the range is */
const callers = (what: string) =>
  z
    .cidrv4({ error: `must be an IPv4 range: ${what}, with /32 for it alone`, abort: true })
    .refine((range) => prefixOf(range) >= 8, "is wider than a /8, which is no limit; name the ranges you come from")
    .refine(startsAtItself, "must be written with its first address, or every plan finds a change");

const publicCallers = callers("an address of yours on the internet").refine(
  (range) => !liesIn(reservedRanges)(range),
  "is a range that nobody on the internet has; name the addresses you come from",
);

const privateCallers = callers("an address inside your network").refine(
  liesIn(innerRanges),
  `must lie in ${innerRanges.join(", ")}: nobody from the internet reaches a private endpoint`,
);

/** From where the Kubernetes API can be called. Nodes and pods on them always reach it inside the VPC. */
const endpoint = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("private"),
      /**
       * Who else may call it, on 443 of the cluster's security group: ranges of machines that deploy and of people, inside the VPC or
       * connected to it by peering, a transit gateway or a VPN. @default nobody
       */
      cidrs: z.array(privateCallers).refine(distinct, "names a range twice; name each once").default([]),
    }),
    z.strictObject({
      kind: z.literal("public"),
      /** The only ranges that may call it from outside. */
      cidrs: z.array(publicCallers).min(1, "must name the ranges that may call: nobody else could, or everybody"),
      /** Why it is not private: whoever reviews this finds it here. */
      reason: z.string().min(1, "must say why the endpoint is not private"),
    }),
  ],
  "must be one of private, public",
);

const serviceCidr = z
  .cidrv4({ error: "must be an IPv4 range such as 172.20.0.0/16", abort: true })
  .refine(liesIn(privateRanges), `must lie in ${privateRanges.join(", ")}, says EKS`)
  .refine((range) => prefixOf(range) >= 12 && prefixOf(range) <= 24, "must be a /12 to /24, says EKS");

/** Logs of the control plane, as the EKS API names them. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

const controlPlaneLogs = z
  .array(z.enum(logTypes, `must be one of ${logTypes.join(", ")}`))
  .refine(distinct, "names a log twice; name each once")
  .refine((logs) => logs.includes("audit"), "must hold audit: without it nobody can tell who did what");

/** What infra alone decides for one cluster. */
export const clusterSettings = z.strictObject({
  endpoint,
  /** Range of Services' addresses; a cluster keeps it for life. @default EKS takes 10.100.0.0/16 or 172.20.0.0/16 */
  serviceCidr: serviceCidr.optional(),
  /**
   * What happens when the version's standard support ends. STANDARD: EKS upgrades the cluster by itself. EXTENDED: it waits a year
   * more. Price: by the cluster and hour; a cluster past its standard support pays a rate of its own, which is a multiple of the other.
   * https://aws.amazon.com/eks/pricing/ @default EXTENDED, so that the version changes here and nowhere else
   */
  support: z.enum(["STANDARD", "EXTENDED"], "must be STANDARD or EXTENDED").default("EXTENDED"),
  /**
   * How long the control plane's and the pods' logs are kept. Price: by the gigabyte and month that CloudWatch Logs stores.
   * https://aws.amazon.com/cloudwatch/pricing/ @default 365
   */
  logRetentionDays: retentionDays.default(365),
  /**
   * Which logs the control plane writes; audit is always among them. Price: by the gigabyte that CloudWatch Logs takes in, and audit
   * and api grow with every request. @default all five
   */
  controlPlaneLogs: controlPlaneLogs.default([...logTypes]),
  /** By which people reach a private endpoint from outside of the network. @default none */
  bastion: bastionSettings.optional(),
  /** How pods get machines: of the kind that the environment names for the cluster. */
  compute: computeSettings,
});

/** By the cluster's short id in the environment. */
export const clustersSettings = z.record(z.string(), clusterSettings);

export type ClusterSettings = z.output<typeof clusterSettings>;

/** A zone that a cluster's settings name and in which the network has no subnet. */
export function zoneProblems(clusters: Readonly<Record<string, ClusterSettings>>, known: readonly string[]) {
  return Object.entries(clusters).flatMap(([id, { compute }]) =>
    computeOf(compute).zones.flatMap(({ path, zones }) => {
      const unknown = zones.filter((zone) => !known.includes(zone));
      if (unknown.length === 0) return [];
      const message = `must be zones of the network, which has ${known.join(", ")}, and ${unknown.join(", ")} ${unknown.length === 1 ? "is" : "are"} not; add them there or take others`;
      return [{ code: "custom" as const, path: ["clusters", id, "compute", ...path], message }];
    }),
  );
}

/** A Service's address that is one of the VPC's too would hide whatever has it there. */
export function serviceCidrClashes(clusters: Readonly<Record<string, ClusterSettings>>, vpcCidr: string) {
  return Object.entries(clusters).flatMap(([id, { serviceCidr }]) =>
    serviceCidr === undefined || !overlap(serviceCidr, vpcCidr)
      ? []
      : [
          {
            code: "custom" as const,
            path: ["clusters", id, "serviceCidr"],
            message: `overlaps the VPC, which is ${vpcCidr}; take another range`,
          },
        ],
  );
}
