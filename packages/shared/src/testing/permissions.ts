import { covers } from "../iam";
import type { SynthesizedStack } from "./synthesized";

/** A resource, or a condition, that a permission must be narrowed to. */
export interface Narrowing {
  readonly resources?: readonly string[];
  readonly condition?: unknown;
}

/** The permission holds on these ARNs and on nothing else. */
export function onlyOn(...resources: readonly string[]): Narrowing {
  return { resources: [...resources].sort() };
}

/** What the stack's roles may do by that action: one entry a statement that allows it, wildcards included. */
export function allowing(stack: SynthesizedStack, action: string): Narrowing[] {
  return stack.statements
    .filter(
      (statement) =>
        statement["Effect"] === "Allow" && list(statement["Action"]).some((pattern) => covers(pattern, action)),
    )
    .map((statement) => ({
      resources: list(statement["Resource"]).sort(),
      ...(statement["Condition"] === undefined ? {} : { condition: statement["Condition"] }),
    }));
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}
