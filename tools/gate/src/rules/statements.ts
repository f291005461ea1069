import { isDeepStrictEqual } from "node:util";
import { covers } from "@demarc/shared/iam";
import { isRecord, unambiguousJson } from "@demarc/shared/json";
import { textsOf } from "../plan/change";

/** Values by operator and key, both in lower case. */
type Conditions = Readonly<Record<string, readonly string[]>>;

/** A statement of a policy document, in one form: lists in place of single texts, in the order of the alphabet. */
export interface PolicyStatement {
  readonly effect: "Allow" | "Deny";
  /** What it names, by element: `Action`, `NotAction`, `Resource`, `NotResource`, `Principal` (`AWS:*`), `NotPrincipal`. */
  readonly named: Readonly<Partial<Record<Element, readonly string[]>>>;
  readonly conditions: Conditions;
}

const ELEMENTS = ["Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal"] as const;
type Element = (typeof ELEMENTS)[number];

/** Elements of which each value widens a statement. */
const PLAIN = ["Action", "Resource", "Principal"] as const;

/**
 * The statements of a policy document; none where there is nothing.
 * @returns undefined for what is no document, and for one in which readers may find something else than IAM does
 */
export function statementsIn(document: unknown): PolicyStatement[] | undefined {
  if (document === undefined || document === null || document === "") return [];
  const parsed = typeof document === "string" ? unambiguousJson(document) : undefined;
  if (!isRecord(parsed)) return undefined;
  const { Statement: statements = [] } = parsed;
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  return list.every(isRecord) ? list.map(statementOf) : undefined;
}

function statementOf(written: Readonly<Record<string, unknown>>): PolicyStatement {
  const named: Partial<Record<Element, readonly string[]>> = {};
  for (const element of ELEMENTS.filter((each) => written[each] !== undefined)) {
    named[element] = element.endsWith("Principal") ? principalsOf(written[element]) : textsOf(written[element]).sort();
  }
  return {
    // What IAM does not know as a Deny it would refuse: to read it as an Allow hides nothing.
    effect: written["Effect"] === "Deny" ? "Deny" : "Allow",
    named,
    conditions: conditionsOf(written["Condition"]),
  };
}

/** Whoever is anybody is `AWS:*`: IAM takes `"*"` and `{ "AWS": "*" }` for the same. */
function principalsOf(principal: unknown): string[] {
  if (!isRecord(principal)) return textsOf(principal).map((each) => `AWS:${each}`);
  return Object.entries(principal)
    .flatMap(([kind, named]) => textsOf(named).map((each) => (each === "*" ? EVERYBODY : `${kind}:${each}`)))
    .sort();
}

const EVERYBODY = "AWS:*";

function conditionsOf(condition: unknown): Conditions {
  if (!isRecord(condition)) return {};
  const entries = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).map(([key, values]): [string, string[]] => {
      const list: readonly unknown[] = Array.isArray(values) ? values : [values];
      return [`${operator} ${key}`.toLowerCase(), list.map(String).sort()];
    }),
  );
  return Object.fromEntries(entries);
}

/**
 * Whether others, all of the same effect, say all that a statement says: each of its actions, on each resource, for each principal, stands
 * in one of them, under no more conditions.
 */
export function isCovered(statement: PolicyStatement, others: readonly PolicyStatement[]): boolean {
  const able = others.filter((other) => other.effect === statement.effect && isNarrower(statement, other));
  if (able.some((other) => isDeepStrictEqual(other.named, statement.named))) return true;
  if (Object.keys(statement.named).some((element) => element.startsWith("Not"))) {
    return able.some((other) => isEverything(other, statement));
  }
  const combinations = PLAIN.reduce<Combination[]>(
    (all, element) =>
      all.flatMap((one) => (statement.named[element] ?? [undefined]).map((value) => ({ ...one, [element]: value }))),
    [{}],
  );
  return combinations.every((one) => able.some((other) => PLAIN.every((element) => holds(other, element, one))));
}

type Combination = Readonly<Partial<Record<(typeof PLAIN)[number], string | undefined>>>;

function holds({ named }: PolicyStatement, element: (typeof PLAIN)[number], one: Combination): boolean {
  if (named[`Not${element}`] !== undefined) return false;
  const value = one[element];
  const patterns = named[element];
  if (value === undefined || patterns === undefined) return value === patterns;
  // A principal is no pattern: its `*` stands for everybody, or for nothing.
  if (element === "Principal") return patterns.includes(value) || patterns.includes(EVERYBODY);
  return patterns.some((pattern) => covers(pattern, value));
}

/** All actions on all resources, of whomever the other one is. */
function isEverything({ named }: PolicyStatement, other: PolicyStatement): boolean {
  const principals = [named.Principal, other.named.Principal];
  return (
    named.Action?.includes("*") === true &&
    (named.Resource === undefined || named.Resource.includes("*")) &&
    other.named.NotPrincipal === undefined &&
    (named.Principal?.includes(EVERYBODY) === true || isDeepStrictEqual(principals[0], principals[1]))
  );
}

/** Operators that fewer values make narrower. Those with `Not`, `IfExists` or `ForAllValues` are not. */
const NARROWED_BY_FEWER = /^(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike|ipaddress) /;

/** Whether a statement holds under every condition that another one has. */
function isNarrower({ conditions }: PolicyStatement, { conditions: others }: PolicyStatement): boolean {
  return Object.entries(others).every(([key, values]) => {
    const own = conditions[key];
    if (own === undefined) return false;
    if (isDeepStrictEqual(own, values)) return true;
    return NARROWED_BY_FEWER.test(key) && own.length > 0 && own.every((value) => values.includes(value));
  });
}

/** What it says in one line: of conditions their keys alone. */
export function shown({ effect, named, conditions }: PolicyStatement): string {
  const elements = Object.entries(named).map(([element, values]) => {
    const [first = ""] = element.match(/^Not/) ?? [];
    const word = element.endsWith("Resource") ? "on" : element.endsWith("Principal") ? "to" : "";
    return [word, first === "" ? "" : "all but", values.join(", ")].filter((part) => part !== "").join(" ");
  });
  const keys = Object.keys(conditions).map((key) => key.split(" ").at(-1) ?? "");
  return [effect, ...elements, ...(keys.length === 0 ? [] : [`where ${keys.join(", ")}`])].join(" ");
}

/** Whether it allows all actions, or all but some, on everything: an administrator's. */
export function isAdministrators({ effect, named, conditions }: PolicyStatement): boolean {
  const actions = named.NotAction !== undefined || (named.Action ?? []).some((action) => /^\*(:\*)?$/.test(action));
  const resources = named.NotResource !== undefined || (named.Resource ?? []).includes("*");
  return effect === "Allow" && actions && resources && Object.keys(conditions).length === 0;
}

/**
 * Condition keys that hold a statement to somebody known, where their values have no wildcard. From what S3 does not call public:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status,
 * and KMS's own word for the caller's account.
 */
const HOLDS_TO_SOMEBODY = [
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
];

/** Whether it lets in anybody in the world. */
export function isPublic({ effect, named, conditions }: PolicyStatement): boolean {
  const everybody = named.NotPrincipal !== undefined || (named.Principal ?? []).includes(EVERYBODY);
  const held = Object.entries(conditions).some(([condition, values]) => {
    const [operator = "", key = ""] = condition.split(" ");
    const positive = /^(foranyvalue:)?(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike)$/.test(
      operator,
    );
    return positive && HOLDS_TO_SOMEBODY.includes(key) && values.every((value) => !isAnybodys(value));
  });
  return effect === "Allow" && everybody && !held;
}

/** A pattern that fits any account's. An ARN with its account written out is one account's, whatever its name. */
function isAnybodys(value: string): boolean {
  const [, , , , account] = value.split(":");
  return /[*?]/.test(account === undefined || account === "" ? value : account);
}
