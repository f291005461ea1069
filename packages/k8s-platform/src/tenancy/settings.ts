import type { Environment, Problem } from "@demarc/shared/environment";
import { canonical } from "@demarc/shared/quantity";
import { z } from "zod";
import { counts } from "./counts";
import { loadBalancerProblems, loadBalancersSettings } from "./load-balancers";
import { registries, teamWorkloads } from "./workload-settings";

const cpu = z
  .string()
  .regex(/^(\d{1,7}m|\d{1,5}(\.\d{1,3})?)$/, 'must be CPUs or thousandths of one, such as "8" or "500m"')
  .overwrite(canonical);
const memory = z
  .string()
  .regex(/^\d{1,9}(Mi|Gi|Ti)$/, 'must be an amount with its unit, such as "16Gi"')
  .overwrite(canonical);
const quantities = { cpu, memory };

const some = (quantity: z.ZodString) =>
  quantity.regex(/[1-9]/, "must be more than 0: a container's limit of 0 is no limit");
const ofOneContainer = { cpu: some(cpu), memory: some(memory) };

const count = z.int("must be a whole number").min(0, "must be at least 0");

/** Amounts of what pods share of a node, each with its default. */
const amounts = (
  defaults: Readonly<Record<"cpu" | "memory" | "ephemeralStorage", string>>,
  { cpu, memory } = quantities,
) =>
  z
    .strictObject({
      cpu: cpu.default(defaults.cpu),
      memory: memory.default(defaults.memory),
      ephemeralStorage: memory.default(defaults.ephemeralStorage),
    })
    .prefault({});

/** What all pods of a namespace may have together. */
const quota = z.strictObject({
  /** Sum of what they request: what the scheduler sets aside for them. @default 8 CPUs, 16Gi, 25Gi of the nodes' disks */
  requests: amounts({ cpu: "8", memory: "16Gi", ephemeralStorage: "25Gi" }),
  /** Sum of what they may use at most. @default 16 CPUs, 32Gi, 50Gi of the nodes' disks */
  limits: amounts({ cpu: "16", memory: "32Gi", ephemeralStorage: "50Gi" }),
  /** Pods that run. Three times as many may be kept, with those that are done. @default 50 */
  pods: count.default(50),
  /** @default 10 */
  volumeClaims: count.default(10),
  /** Sum of what they claim. @default 100Gi */
  storage: memory.default("100Gi"),
  /** Objects by kind, such as { "deployments.apps": 40 }. @default counts.ts */
  objects: counts,
});

/** What one container gets that names no figures of its own, and the most that it may name. */
const containers = z.strictObject({
  /** @default 100m, 128Mi, 128Mi of the node's disk */
  requests: amounts({ cpu: "100m", memory: "128Mi", ephemeralStorage: "128Mi" }, ofOneContainer),
  /** @default 500m, 256Mi, 1Gi of the node's disk */
  limits: amounts({ cpu: "500m", memory: "256Mi", ephemeralStorage: "1Gi" }, ofOneContainer),
  /** The most that a container may be limited to. @default 4 CPUs, 8Gi, 10Gi of the node's disk */
  most: amounts({ cpu: "4", memory: "8Gi", ephemeralStorage: "10Gi" }, ofOneContainer),
});

const teamSettings = z.strictObject({
  quota: quota.prefault({}),
  containers: containers.prefault({}),
  /**
   * Whether the team may open a shell in its running pods (exec, attach, port-forward). It then sees whatever the pods see,
   * database rows included. @default false
   */
  exec: z.boolean("must be true or false").default(false),
  ...teamWorkloads,
});

export const tenancySettings = z.strictObject({
  /** Where teams' images may come from, beside the account's own ECR. @default nowhere else */
  registries: registries.default([]),
  /** By the team's name. A team that is not named here has the defaults. */
  teams: z.record(z.string(), teamSettings).default({}),
  loadBalancers: loadBalancersSettings.prefault({}),
});

export type TenancySettings = z.output<typeof tenancySettings>;
export type TeamSettings = z.output<typeof teamSettings>;

/** Settings of a team, or the defaults. */
export function settingsOfTeam({ teams }: TenancySettings, team: string): TeamSettings {
  return new Map(Object.entries(teams)).get(team) ?? teamSettings.parse({});
}

/** Namespaces that a team's name would clash with; those that begin with "kube-" are Kubernetes' own too. */
const taken = ["default", "database-users"];

/** What is wrong between settings and environment: unknown teams, teams that no namespace can bear. */
export function tenancyProblems(
  { teams: settings, loadBalancers }: TenancySettings,
  environment: Environment,
): Problem[] {
  const { teams } = environment;
  const unknown = Object.keys(settings).filter((team) => !Object.hasOwn(teams, team));
  const unnameable = Object.keys(teams).filter((team) => taken.includes(team) || team.startsWith("kube-"));
  return [
    ...unknown.map((team) => ({
      path: `tenancy.teams.${team}`,
      message: `there is no team "${team}" in this environment; it must be one of ${Object.keys(teams).join(", ")}`,
    })),
    ...loadBalancerProblems(loadBalancers, environment),
    ...unnameable.map((team) => ({
      path: "tenancy",
      message: `team "${team}" cannot have a namespace of its name, for Kubernetes or the platform has one; rename the team in the environment`,
    })),
  ];
}
