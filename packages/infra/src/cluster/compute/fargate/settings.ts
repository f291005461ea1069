import { z } from "zod";
import { distinct } from "../../../distinct";
import { zone } from "../../../network/cidr";
import { addOnVersionsOf } from "../versions";
import { addOnNames } from "./add-ons";

/** What EKS takes in the place of a name: `*` for any letters, `?` for any one. */
const pattern = /^[a-z0-9*?]([a-z0-9*?-]*[a-z0-9*?])?$/;
const labelPattern = /^([A-Za-z0-9*?]([A-Za-z0-9._*?-]{0,61}[A-Za-z0-9*?])?)?$/;

/** A pod is selected where its namespace and all of these labels fit. */
const selector = z.strictObject({
  namespace: z
    .string()
    .max(63, "must be at most 63 characters, as a namespace is")
    .regex(pattern, "must be a namespace, or a pattern of one with * and ?, such as team-*"),
  /** @default whatever its labels */
  labels: z
    .record(z.string().min(1), z.string().regex(labelPattern, "must be a label value, or a pattern of one"))
    .default({}),
});

const profile = z.strictObject({
  /** Which pods run by the profile: those that one of these selects. */
  selectors: z
    .array(selector)
    .min(1, "must have a selector: a profile without one runs no pod")
    .max(5, "has more than the 5 selectors that EKS lets a profile have; take patterns, such as team-*"),
  /**
   * Letters of the network's zones in which its pods run. @default all zones
   */
  zones: z
    .array(zone)
    .min(1, "must name a zone; without the setting pods run in all of them")
    .refine(distinct, "names a zone twice; name each once")
    .optional(),
  /**
   * `one-per-zone`: in each of its zones, which `zones` names, a profile of its own, such as `teams-a`, for pods that have the label
   * `fargate-zone: a` too. EKS spreads the pods of a profile over its subnets, though not evenly: where two replicas must be in two zones,
   * they are two Deployments, each with its zone's label. Each zone counts as a profile. @default all
   */
  subnets: z.enum(["all", "one-per-zone"], "must be all or one-per-zone").default("all"),
});

const profileName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "must be lower case letters, digits and single dashes, such as teams")
  .max(
    61,
    "must be at most 61 characters: a label of the pods has it, with a zone's letter where there is one for each",
  )
  .refine((name) => !name.startsWith("eks-"), "must not begin with eks-, which EKS keeps for itself");

/** Profiles that a cluster may have, unless AWS raises the quota. https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const MOST_PROFILES = 10;

/** A profile as EKS has it. */
export interface EksProfile {
  readonly name: string;
  readonly selectors: z.output<typeof selector>[];
  /** @default all zones */
  readonly zones: readonly string[] | undefined;
}

/** Label that says in which zone a pod runs. */
const ZONE_LABEL = "fargate-zone";

/** The profiles that the settings make: one for each zone where they say so. */
export function eksProfiles(profiles: Readonly<Record<string, z.output<typeof profile>>>): EksProfile[] {
  return Object.entries(profiles).flatMap(([name, { selectors, zones, subnets }]): EksProfile[] => {
    if (subnets === "all") return [{ name, selectors, zones }];
    return (zones ?? []).map((letter) => ({
      name: `${name}-${letter}`,
      selectors: selectors.map(({ namespace, labels }) => ({ namespace, labels: { ...labels, [ZONE_LABEL]: letter } })),
      zones: [letter],
    }));
  });
}

function profileProblems(profiles: Readonly<Record<string, z.output<typeof profile>>>): string[] {
  const made = eksProfiles(profiles).map(({ name }) => name);
  const without = Object.keys(profiles).filter(
    (name) => profiles[name]?.subnets === "one-per-zone" && profiles[name].zones === undefined,
  );
  const twice = made.filter((name, index) => made.indexOf(name) < index);
  return [
    ...(made.length > MOST_PROFILES
      ? [
          `make ${String(made.length)}, one for each zone counted, and must be at most ${String(MOST_PROFILES)}, says EKS; a profile may have several selectors, and patterns`,
        ]
      : []),
    ...without.map((name) => `${name} has one profile for each zone; name the zones, as in zones: ["a", "c"]`),
    ...twice.map((name) => `${name} would be the name of two; take another for one of them`),
  ];
}

/** Pods on Fargate, each on a machine of its own that AWS keeps. */
export const fargateSettings = z.strictObject({
  kind: z.literal("fargate"),
  /**
   * By name. Nothing of a profile but its tags changes in place: give it another name with another selector, or its pods stop until the
   * new one is there. A pod that several select runs by the first by name, or by the one that its label eks.amazonaws.com/fargate-profile
   * names. A pod that none selects waits for ever: besides teams' namespaces and kube-system, think of those of k8s-platform.
   */
  profiles: z.record(profileName, profile).superRefine((profiles, context) => {
    for (const message of profileProblems(profiles)) context.addIssue({ code: "custom", message });
  }),
  /** Versions of EKS add-ons, of those that are known of the cluster's Kubernetes version. @default the first that is known */
  addOnVersions: addOnVersionsOf(addOnNames),
});

export type FargateSettings = z.output<typeof fargateSettings>;
