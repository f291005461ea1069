import { writtenObjects } from "../compute/written-objects";
import * as contracts from "../contracts";
import { isRecord } from "../json";
import type { Arguments, JudgedStack } from "./condition";
import aws from "./sensitive/aws.json";
import helm from "./sensitive/helm.json";
import kubernetes from "./sensitive/kubernetes.json";

/** By type and attribute, as `npm run upstream` reads it: `set` is in a state where a stack sets it, `made` wherever the thing is. */
type Sensitive = Readonly<Record<string, Readonly<Record<string, string>>>>;

const SENSITIVE: Readonly<Record<"resource" | "data", Sensitive>> = {
  resource: { ...aws.resources, ...helm.resources, ...kubernetes.resources },
  data: { ...aws.data, ...helm.data, ...kubernetes.data },
};

const RULE =
  "whoever reads a contract reads the whole state that it is in, so no secret may be in there: have AWS make and keep it (as manage_master_user_password does), give it by a write-only argument (such as password_wo), or move it to a stack that publishes no contract (docs/decisions/0040-no-secret-in-a-shared-state.md)";

/** Whether others may read a stack's state: it is the producer of a contract. */
function isRead({ workspace, stackName }: JudgedStack): boolean {
  return Object.values(contracts).some(
    (contract) => contract.workspace === workspace.name && contract.stack === stackName,
  );
}

/**
 * Secrets that a resource or data source puts into a state that others read, by what its provider calls sensitive.
 * @param path what messages call it
 */
export function sharedSecrets(
  section: "resource" | "data",
  type: string,
  block: Arguments,
  path: string,
  stack: JudgedStack,
): string[] {
  if (!isRead(stack)) return [];
  const sensitive = Object.entries(SENSITIVE[section][type] ?? {});
  // A write-only twin takes the place of what a provider would read, where nothing else does. A data source has none.
  const isWriteOnly = (place: string) => section === "resource" && isSet(block, `${place}_wo`);
  const kept = sensitive.filter(([place, origin]) => isSet(block, place) || (origin === "made" && !isWriteOnly(place)));
  return kept.map(([place, origin]) => {
    const how = origin === "made" ? "which its provider reads into the state" : "which the state keeps";
    return `${path}: ${type} has ${place}, ${how}; ${RULE}`;
  });
}

/** Secrets of Kubernetes that a release of the objects chart has among its values, which the state keeps. */
export function sharedObjects(json: Arguments, id: string, stack: JudgedStack): string[] {
  if (!isRead(stack)) return [];
  const releases = { resource: { helm_release: isRecord(json["resource"]) ? json["resource"]["helm_release"] : {} } };
  return writtenObjects(releases)
    .filter(({ kind, fields }) => kind === "secret" && ["data", "stringData"].some((field) => field in fields))
    .map(({ called }) => `${id}: ${called} has data, which the state keeps; ${RULE}`);
}

/** Whether anything stands at a place, such as `user.password`: in a block, in one of a list of them, or in a dynamic one. */
function isSet(block: unknown, place: string): boolean {
  const [name = "", ...inner] = place.split(".");
  return blocksOf(block).some((one) => {
    const found = [one[name], ...dynamicOf(one, name)].filter((value) => value !== undefined && value !== null);
    // An expression in the place of a block may give any.
    return inner.length === 0
      ? found.length > 0
      : found.some((value) => typeof value === "string" || isSet(value, inner.join(".")));
  });
}

function dynamicOf({ dynamic }: Arguments, name: string): unknown[] {
  return blocksOf(dynamic).flatMap((named) => blocksOf(named[name]).map(({ content }) => content));
}

function blocksOf(value: unknown): Arguments[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter(isRecord);
}
