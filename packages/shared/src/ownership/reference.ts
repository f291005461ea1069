import { type Contract, outputName, remoteStateId } from "../contract";
import { platformContract } from "../contracts";
import { unambiguousJson } from "../json";
import type { Resources } from "./condition";

/** What a contract gives, as a consumer's stack writes it. */
export function contractReference(contract: Contract, key: string): string {
  return `\${data.terraform_remote_state.${remoteStateId(contract)}.outputs.${outputName(contract)}.${key}}`;
}

/** The namespace of a team: its name, or the platform contract's word for it. */
export function namespacesOf(team: string): string[] {
  const namespaces = contractReference(platformContract, "namespaces").slice(0, -1);
  return [team, `${namespaces}.${team}}`, `${namespaces}["${team}"]}`];
}

/**
 * Whether a value is a reference to a resource that the same stack creates.
 * @param referred type and attribute, such as `aws_iam_role.arn`
 */
export function isOwn(referred: `${string}.${string}`, value: unknown, resources: Resources): boolean {
  const [type = "", attribute = ""] = referred.split(".");
  return Object.keys(resources[type] ?? {}).some((name) => value === `\${${type}.${name}.${attribute}}`);
}

/** Whether a value is a reference to a role that the same stack creates. */
export function isOwnRole(value: unknown, attribute: "name" | "id" | "arn", resources: Resources): boolean {
  return isOwn(`aws_iam_role.${attribute}`, value, resources);
}

/** A contract's value, or a role of the same stack: no text that an app chooses comes out of it. */
const PLAIN =
  /^\$\{(data\.terraform_remote_state\.[\w-]+\.outputs\.\w+(\.[\w-]+|\["[\w/-]+"\])+|aws_iam_role\.[\w-]+\.(arn|name|id))\}/;

/** The rest of a text from each place on that Terraform fills in. `$${` and `%%{` stay what they are. */
export function templates(text: string): string[] {
  return [...text.matchAll(/(\$+|%+)\{/g)].flatMap(({ 0: start, index }) =>
    start.length === 3 ? [] : [text.slice(index)],
  );
}

/**
 * Places of a text that Terraform fills in with something else than a plain reference: what it will be is unknown, and a
 * quotation mark in it would make the text another one.
 */
export function unknownTemplates(text: string): string[] {
  return templates(text)
    .filter((rest) => !PLAIN.test(rest))
    .map((rest) => rest.slice(0, 80));
}

/** What a JSON text of a stack says. Undefined: it is none, readers may differ in what it says, or Terraform alone knows. */
export function knownJson(text: unknown): unknown {
  return typeof text === "string" && unknownTemplates(text).length === 0 ? unambiguousJson(text) : undefined;
}
