import { isRecord } from "../json";
import { type Arguments, unlisted } from "./condition";
import { knownJson } from "./reference";

/** What a document is that has no statements to look at. */
export const UNREADABLE = "is not one document of statements, as policyDocument writes it";

/** Statements of a policy document. Undefined: readers may differ in what it says, or Terraform alone knows. */
export function statementsOf(document: unknown): Arguments[] | undefined {
  const policy = knownJson(document);
  if (!isRecord(policy) || unlisted(policy, ["Version", "Statement"]).length > 0) return undefined;
  const statements = policy["Statement"];
  return Array.isArray(statements) && statements.every(isRecord) ? statements : undefined;
}
