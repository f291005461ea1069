import { amountsOfContainer, type Environment, limitsOf, type Problem } from "@demarc/shared/environment";
import { bytes, canonical, millicores } from "@demarc/shared/quantity";
import { z } from "zod";
import { OBSERVABILITY_NAMESPACE } from "../pod-logs/fargate-logs";
import { counts } from "./counts";
import { loadBalancerProblems, loadBalancersSettings } from "./load-balancers";
import { registries, teamWorkloads } from "./workload-settings";

const count = z.int("must be a whole number").min(0, "must be at least 0");

/** What a namespace may have beside its pods, whose limits the environment says. */
const quota = z.strictObject({
  /** @default 10 */
  volumeClaims: count.default(10),
  /** Sum of what they claim. @default 100Gi */
  storage: z
    .string()
    .regex(/^\d{1,9}(Mi|Gi|Ti)$/, 'must be an amount with its unit, such as "100Gi"')
    .overwrite(canonical)
    .default("100Gi"),
  /** Objects by kind, such as { "deployments.apps": 40 }. @default counts.ts */
  objects: counts,
});

/** What one container gets that names no figures of its own. */
const containers = z.strictObject({
  /** @default 100m, 128Mi, 128Mi of the node's disk */
  requests: amountsOfContainer({ cpu: "100m", memory: "128Mi", ephemeralStorage: "128Mi" }),
  /** @default 500m, 256Mi, 1Gi of the node's disk */
  limits: amountsOfContainer({ cpu: "500m", memory: "256Mi", ephemeralStorage: "1Gi" }),
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

/** An add-on, as far as its namespace goes. */
interface AddOnInNamespace {
  readonly name: string;
  readonly namespace: string;
}

/** Namespaces that a team's name would clash with; those that begin with "kube-" are Kubernetes' own too. */
const taken = ["default", "database-users", OBSERVABILITY_NAMESPACE];

/**
 * What host names end with that pods ask for, beside the environment's domain. The cluster's DNS looks for a name of few parts among
 * Services first: sts.amazonaws.com may be pod `sts` of Service `amazonaws` in namespace `com`, and kubernetes.default.svc is sought in a
 * namespace `svc`. https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
const lastLabels = ["com", "internal", "local", "svc"];

/**
 * What is wrong between settings and environment: unknown teams, teams that no namespace can bear, defaults above limits.
 * @param addOns the add-ons there are: a namespace of theirs cannot be a team's too
 */
export function tenancyProblems(
  tenancy: TenancySettings,
  environment: Environment,
  addOns: readonly AddOnInNamespace[],
): Problem[] {
  const { teams: settings, loadBalancers } = tenancy;
  const { teams } = environment;
  const unknown = Object.keys(settings).filter((team) => !Object.hasOwn(teams, team));
  return [
    ...unknown.map((team) => ({
      path: `tenancy.teams.${team}`,
      message: `there is no team "${team}" in this environment; it must be one of ${Object.keys(teams).join(", ")}`,
    })),
    ...loadBalancerProblems(loadBalancers, environment),
    ...Object.keys(teams).flatMap((team) => defaultProblems(tenancy, environment, team)),
    ...Object.keys(teams).flatMap((team) => namespaceProblems(team, environment, addOns)),
  ];
}

/** Two that share a namespace would share its rights, secrets and quota, and two stacks would make it. */
function namespaceProblems(
  team: string,
  { domain }: Pick<Environment, "domain">,
  addOns: readonly AddOnInNamespace[],
): Problem[] {
  const why = takenBy(team, domain, addOns);
  if (why === undefined) return [];
  const message = `team "${team}" cannot have a namespace of its name, for ${why}; rename the team in the environment`;
  return [{ path: "tenancy", message }];
}

function takenBy(team: string, domain: string, addOns: readonly AddOnInNamespace[]): string | undefined {
  const addOn = addOns.find(({ namespace }) => namespace === team);
  if (addOn !== undefined) return `add-on "${addOn.name}" has one`;
  if (taken.includes(team) || team.startsWith("kube-")) return "Kubernetes or the platform has one";
  if ([...lastLabels, domain.split(".").at(-1)].includes(team))
    return "host names end with it, which the cluster's DNS would look for there first";
  return undefined;
}

/** Kubernetes refuses a limit range whose default is above its maximum. */
function defaultProblems(tenancy: TenancySettings, environment: Environment, team: string): Problem[] {
  const { limits, requests } = settingsOfTeam(tenancy, team).containers;
  const { container } = limitsOf(environment, team);
  const above = (
    [
      ["cpu", millicores],
      ["memory", bytes],
      ["ephemeralStorage", bytes],
    ] as const
  ).filter(([kind, amount]) => Math.max(amount(limits[kind]), amount(requests[kind])) > amount(container[kind]));
  return above.map(([kind]) => ({
    path: `tenancy.teams.${team}.containers`,
    message: `a container that names no ${kind} would get more than the ${container[kind]} that one may have; lower its requests and limits here, or raise teams.${team}.limits.container.${kind} of the environment`,
  }));
}
