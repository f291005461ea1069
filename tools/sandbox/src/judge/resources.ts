import { type ActionFacts, fits, type ResourceType } from "@demarc/judge";
import type { AskedQuestion, AskedResource, Call } from "./call";

/** Operations that make what they act on: it has no id yet, and AWS compares policies with an ARN that has none. */
const MAKES = /^(Allocate|Copy|Create|Import|Put|Register|Request|Run|Upload)/;

/** Stands in an ARN where AWS knows no id yet. */
const UNKNOWN = "new";

/**
 * What an action is asked about: each thing that the call names and that the action acts on, and what it makes. AWS asks about
 * every one of them.
 *
 * @returns the reason where a thing that the action always acts on is not known
 */
export function resourcesOf(
  facts: ActionFacts,
  { resources }: AskedQuestion,
  call: Pick<Call, "account" | "region" | "operation">,
): readonly AskedResource[] | string {
  const { resourceTypes } = facts;
  if (resourceTypes.length === 0) return [{ arn: "*", context: {} }];
  const matching = resources.filter(({ arn }) => resourceTypes.some((type) => fits(type.arn, arn)));
  const missing = kindsOf(resourceTypes.filter(({ required }) => required)).filter(
    (kind) => !matching.some(({ arn }) => kind.some((type) => fits(type.arn, arn))),
  );
  const reads = !facts.writes;
  const made = missing.flatMap((kind) => (MAKES.test(call.operation) || reads ? newArn(kind[0], call) : []));
  if (missing.length > made.length && matching.length + made.length === 0)
    return `${facts.name}: its ${missing.map(([type]) => type?.name).join(", ")} is not known`;
  const asked = [...matching, ...made.map((arn) => ({ arn, context: {} }))];
  if (asked.length > 0) return asked;
  if (reads) return newArn(resourceTypes[0], call).map((arn) => ({ arn, context: {} }));
  return `${facts.name}: nothing is known of what it acts on`;
}

/** `listener/app` and `listener/net` are one kind: a call names one of them. */
function kindsOf(types: readonly ResourceType[]): ResourceType[][] {
  const kinds = new Map<string, ResourceType[]>();
  for (const type of types) {
    const [kind = type.name] = type.name.split("/");
    kinds.set(kind, [...(kinds.get(kind) ?? []), type]);
  }
  return [...kinds.values()];
}

function newArn(type: ResourceType | undefined, { account, region }: Pick<Call, "account" | "region">): string[] {
  if (type === undefined) return [];
  const known: Readonly<Record<string, string>> = { Partition: "aws", Region: region, Account: account };
  return [type.arn.replace(/\$\{([^}]+)\}/g, (_, name: string) => known[name] ?? UNKNOWN)];
}
