import { Fn, Token } from "cdktf";
import { type Json, type JsonObject, terraformLiteral } from "../json";

/** How long, and how carefully, Helm works on a release of ours. */
export const releasePolicy = {
  /** What failed is taken back, so that the next deploy starts from a whole release. */
  atomic: true,
  cleanupOnFail: true,
  wait: true,
  /** A deploy that was killed after Helm had finished leaves a release that Terraform does not know: it is upgraded, not refused. */
  upgradeInstall: true,
  /** Seconds until a release whose pods do not become ready has failed. */
  timeout: 600,
  /** Revisions kept for `helm rollback`: each is a Secret of up to 1 MiB. */
  maxHistory: 5,
};

/**
 * Values of a Helm release as JSON. String tokens become Terraform references; a literal "${" stays what it is.
 * `Fn.jsonencode` cannot be used: cdktf 0.21 does not escape quotes in its arguments.
 * @throws Error where a number or a list is a token, which JSON cannot hold: pass it as a string.
 */
export function helmValues(values: JsonObject): string {
  refuseTokens(values, "");
  return terraformLiteral(JSON.stringify(values));
}

function refuseTokens(value: Json, path: string): void {
  if (typeof value === "string" || value === null) return;
  if (Token.isUnresolved(value)) {
    throw new Error(`Helm value${path} is a token that is no string: JSON cannot hold it; pass it as a string`);
  }
  if (typeof value !== "object") return;
  for (const [key, inner] of Object.entries(value)) refuseTokens(inner, `${path}.${key}`);
}

/**
 * All entries of a list that only Terraform knows, as the one entry of a list in Helm values: `ids: [listEntries(subnetIds)]`. The
 * quotation marks between them come with the text.
 * @param list not empty, of texts that JSON writes as they are, such as ids
 */
export function listEntries(list: readonly string[]): string {
  return Fn.join(Fn.rawString('","'), [...list]);
}

/**
 * The same as objects with that one field: `terms: [listObjects("id", subnetIds)]`.
 * @param list not empty, of texts that JSON writes as they are, such as ids
 */
export function listObjects(field: string, list: readonly string[]): JsonObject {
  return { [field]: Fn.join(Fn.rawString(`"},{"${field}":"`), [...list]) };
}

/** The values that `helmValues` wrote, as synthesized: references are strings such as "${data.…}". */
export function parseHelmValues(text: string): unknown {
  return JSON.parse(helmValuesJson(text));
}

/** A reference with the texts in it, which may have braces. */
const REFERENCE = /(?<!\$)\$\{(?:"(?:\\.|[^"\\])*"|[^"}])*\}/g;

/** Their JSON, which the quotation marks in references are not. `$${` is no reference, and ends nowhere. */
export function helmValuesJson(text: string): string {
  return text.replace(REFERENCE, (reference) => JSON.stringify(reference).slice(1, -1));
}
