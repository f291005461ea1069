import { isDeepStrictEqual } from "node:util";
import type { GateContext } from "../context";
import type { Finding, Rule } from "../finding";
import { gatePlan } from "../gate";
import { type Attributes, type Plan, readPlan } from "../plan/plan";

/** What a test says of one resource of a plan. */
export interface GivenChange {
  readonly before?: Attributes;
  readonly after?: Attributes;
  /** By attribute: `true` for what is known after an apply only. */
  readonly unknown?: Attributes;
  /** By attribute: `true` for what is sensitive. */
  readonly sensitive?: Attributes;
  /** Attributes that force a replacement. @default it is none */
  readonly replacedBy?: readonly string[];
  /** Whether it is taken over as it exists. @default false */
  readonly imported?: boolean;
  /** @default as before and after tell */
  readonly actions?: readonly string[];
}

/** What a test says of a plan: resources by address, outputs by name. */
export interface GivenPlan {
  readonly resources?: Readonly<Record<string, GivenChange>>;
  readonly outputs?: Readonly<Record<string, GivenChange>>;
}

/** The plan as Terraform would write it, in JSON. */
export function planText({ resources = {}, outputs = {} }: GivenPlan): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: Object.entries(resources).map(([address, given]) => {
      const [type, name] = address.split(".");
      return { address, mode: "managed", type, name, change: changeOf(given) };
    }),
    output_changes: Object.fromEntries(Object.entries(outputs).map(([name, given]) => [name, changeOf(given)])),
    configuration: {
      provider_config: {
        aws: {
          expressions: {
            default_tags: [{ tags: { constant_value: { environment: "dev", workspace: "infra", team: "infra" } } }],
          },
        },
      },
      root_module: {},
    },
    errored: false,
  });
}

export function planOf(given: GivenPlan): Plan {
  return readPlan("plan", planText(given));
}

function changeOf(given: GivenChange) {
  const { before = null, after = null, unknown = {}, sensitive = {}, replacedBy } = given;
  return {
    actions: given.actions ?? actionsOf(given),
    before,
    after,
    after_unknown: unknown,
    before_sensitive: before === null ? false : sensitive,
    after_sensitive: after === null ? false : sensitive,
    ...(given.imported === true ? { importing: { id: "a" } } : {}),
    ...(replacedBy === undefined ? {} : { replace_paths: replacedBy.map((attribute) => [attribute]) }),
  };
}

function actionsOf({ before, after, unknown, replacedBy }: GivenChange): string[] {
  if (replacedBy !== undefined) return ["delete", "create"];
  if (before === undefined) return ["create"];
  if (after === undefined) return ["delete"];
  return isDeepStrictEqual(before, after) && unknown === undefined ? ["no-op"] : ["update"];
}

/** A stack of infra's in which nothing is allowed and of which nobody uses anything. */
export const context: GateContext = {
  stack: "dev-data",
  workspace: { name: "infra", kind: "infra" },
  exposures: [{ kind: "alb-ingress", scheme: "internal", waf: false, weight: 100 }] as GateContext["exposures"],
  uses: [],
  allowances: [],
  today: "2026-12-01",
};

/** What the gate finds in resources: rule, address and reason of each finding, by one rule where one is asked for. */
export function findings(resources: GivenPlan["resources"], rule?: Rule, given: Partial<GateContext> = {}): Finding[] {
  const found = gatePlan(planOf({ resources: resources ?? {} }), { ...context, ...given });
  return rule === undefined ? found : found.filter((one) => one.rule === rule);
}

/** A policy document. */
export function policy(...statements: readonly Attributes[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
