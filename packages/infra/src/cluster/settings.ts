import { kubernetesVersions, whenValid } from "@demarc/shared/environment";
import { z } from "zod";
import { retentionDays } from "../encryption/retention";
import { addOnNames, networkPolicyModes } from "./managed-add-ons";
import { nodeGroups } from "./node-group-settings";
import { TAKEN } from "../network/cidr";
import { overlap, prefixOf, startsAtItself, within } from "../network/ranges";
import { distinct } from "../distinct";
import { takesPrefixes } from "./pod-addresses";

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

const known = kubernetesVersions.map(({ version }) => version);

const addOnVersion = z
  .string()
  .regex(
    /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
    "must be a version that EKS lists for the add-on, such as v1.2.3-eksbuild.1",
  );

/** Logs of the control plane, as the EKS API names them. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

const controlPlaneLogs = z
  .array(z.enum(logTypes, `must be one of ${logTypes.join(", ")}`))
  .refine(distinct, "names a log twice; name each once")
  .refine((logs) => logs.includes("audit"), "must hold audit: without it nobody can tell who did what");

const shape = z.strictObject({
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
  nodeGroups,
  /**
   * Kubernetes version of the nodes, such as "1.35". It stays behind while the control plane and the add-ons are upgraded, for Terraform
   * would upgrade the nodes before CoreDNS: docs/decisions/0018. @default the cluster's
   */
  nodeVersion: z.enum(known, `must be a Kubernetes version that is known: ${known.join(", ")}`).optional(),
  /**
   * What new pods may do until their network policies are in force: all in `standard`, nothing in `strict`. A cluster begins in
   * `standard`: CoreDNS comes up only once k8s-platform has opened kube-system. @default standard
   */
  networkPolicyMode: z.enum(networkPolicyModes, `must be one of ${networkPolicyModes.join(", ")}`).default("standard"),
  /**
   * Nodes take addresses for their pods by prefixes of 16. A node then has room for as many pods as EKS lets it have, 110 or more, where
   * m7i.large has room for 29 without; but it also takes more addresses, and each 16 of them in a row. For instance types of the Nitro
   * system. A change is for new nodes: give the node groups new names with it, or pods and addresses are miscounted on the old ones.
   * https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html @default false
   */
  prefixDelegation: z.boolean("must be true or false").default(false),
  /** Versions of EKS add-ons, of those that are known of the cluster's Kubernetes version. @default the first that is known */
  addOnVersions: z
    .partialRecord(z.enum(addOnNames, `must be one of ${addOnNames.join(", ")}`), addOnVersion)
    .default({}),
});

export const clusterSettings = shape.superRefine(
  ({ prefixDelegation, nodeGroups }, context) => {
    if (!prefixDelegation) return;
    for (const [group, { instanceTypes }] of Object.entries(nodeGroups))
      for (const [index, type] of instanceTypes.entries())
        if (!takesPrefixes(type))
          context.addIssue({
            code: "custom",
            path: ["nodeGroups", group, "instanceTypes", index],
            message: "is not of the Nitro system, which prefixDelegation needs; take a newer type",
          });
  },
  { when: whenValid({ prefixDelegation: shape.shape.prefixDelegation, nodeGroups }) },
);

/** By the cluster's short id in the environment. */
export const clustersSettings = z.record(z.string(), clusterSettings);

export type ClusterSettings = z.output<typeof clusterSettings>;

/** A node group in a zone where the network has no subnet. */
export function zoneProblems(clusters: Readonly<Record<string, ClusterSettings>>, zones: readonly string[]) {
  return Object.entries(clusters).flatMap(([id, { nodeGroups }]) =>
    Object.entries(nodeGroups).flatMap(([name, group]) => {
      const unknown = (group.zones ?? []).filter((zone) => !zones.includes(zone));
      if (unknown.length === 0) return [];
      const message = `must be zones of the network, which has ${zones.join(", ")}, and ${unknown.join(", ")} ${unknown.length === 1 ? "is" : "are"} not; add them there or take others`;
      return [{ code: "custom" as const, path: ["clusters", id, "nodeGroups", name, "zones"], message }];
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
