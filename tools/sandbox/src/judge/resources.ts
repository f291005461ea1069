import { type ActionFacts, fits, type ResourceType } from "@demarc/judge";
import type { AskedQuestion, AskedResource, Call } from "./call";

/** Operations that make what they are named after: `CreateLaunchTemplate`, `RunInstances`, `RegisterTaskDefinition`. */
const MAKES = /^(?:Allocate|Copy|Create|Import|Register|Request|Run|Upload)(?<made>.+)$/;

/** Stands in an ARN where AWS knows no id yet. */
const UNKNOWN = "new";

/** Kinds that AWS's reference marks as required though a call acts on one of them. */
const ONE_OF: Readonly<Record<string, readonly string[]>> = {
  "route53:ChangeTagsForResource": ["healthcheck", "hostedzone"],
  "route53:ListTagsForResource": ["healthcheck", "hostedzone"],
  "route53:ListTagsForResources": ["healthcheck", "hostedzone"],
  // What has no web ACL is asked about alone.
  "wafv2:GetWebACLForResource": ["apigateway", "loadbalancer/app/", "webacl"],
};

/** What an action is asked about. */
export interface Acted {
  readonly resources: readonly AskedResource[];
  /** Kinds that the action acts on besides, and of which the call shows none: what AWS says of them nobody knows. */
  readonly missing: readonly string[];
}

/**
 * What an action is asked about: each thing that the call names and that the action acts on, and what it makes. AWS asks about
 * every one of them.
 */
export function resourcesOf(
  facts: ActionFacts,
  { resources }: Pick<AskedQuestion, "resources">,
  call: Pick<Call, "account" | "region" | "operation">,
): Acted {
  const { resourceTypes } = facts;
  if (resourceTypes.length === 0) return { resources: [{ arn: "*", context: {} }], missing: [] };
  const named = resources.filter(({ arn }) => resourceTypes.some((type) => fits(type.arn, arn)));
  const unnamed = kindsOf(facts).filter((kind) => !named.some(({ arn }) => kind.some((type) => fits(type.arn, arn))));
  const made = unnamed.flatMap((kind) => kind.filter((type) => isMadeBy(call.operation, type)));
  const asked = [...named, ...made.map((type) => ({ arn: newArn(type, call), context: {} }))];
  const missing = unnamed.filter((kind) => !kind.some((type) => made.includes(type))).map(nameOf);
  // Of kinds that are all optional a call acts on some all the same.
  return { resources: asked, missing: asked.length + missing.length === 0 ? ["resource"] : missing };
}

/** Kinds that the action always acts on. `listener/app` and `listener/net` are one: a call names one of them. */
function kindsOf({ name, resourceTypes }: ActionFacts): ResourceType[][] {
  const oneOf = ONE_OF[name] ?? [];
  const kinds = new Map<string, ResourceType[]>();
  for (const type of resourceTypes.filter((each) => each.required || oneOf.includes(each.name))) {
    const kind = oneOf.includes(type.name) ? oneOf.join("/") : (type.name.split("/")[0] ?? type.name);
    kinds.set(kind, [...(kinds.get(kind) ?? []), type]);
  }
  return [...kinds.values()];
}

function nameOf(kind: readonly ResourceType[]): string {
  return kind.map(({ name }) => name).join(" or ");
}

/** What is made has no id yet, and AWS compares policies with an ARN that has none. */
function isMadeBy(operation: string, { name }: ResourceType): boolean {
  const made = MAKES.exec(operation)?.groups?.["made"]?.toLowerCase();
  const kind = name.replaceAll(/[^A-Za-z0-9]/g, "").toLowerCase();
  return made === kind || made === `${kind}s`;
}

function newArn(type: ResourceType, { account, region }: Pick<Call, "account" | "region">): string {
  const known: Readonly<Record<string, string>> = { Partition: "aws", Region: region, Account: account };
  return type.arn.replace(/\$\{([^}]+)\}/g, (_, name: string) => known[name] ?? UNKNOWN);
}
