import { EnvironmentModel } from "../model/environment-model";
import type { WrittenStack } from "../model/written";
import type { Format } from "./command";
import { compare } from "./compare";
import { comparisonJson, ownershipJson } from "./json";
import { comparisonMarkdown, ownershipMarkdown } from "./markdown";
import { ownershipOf } from "./table";

/**
 * An environment's table, or what changes hands from it to another one.
 * @param written stacks of any environments, those of these among them @param names of the one, or of the two
 */
export function ownershipReport(written: readonly WrittenStack[], names: readonly string[], format: Format): string {
  const models = EnvironmentModel.all(written);
  const [table, other] = names.map((name) => {
    const model = models.find((each) => each.name === name);
    if (model === undefined) throw new Error(`no stack of ${name} was synthesized`);
    return ownershipOf(model);
  });
  if (table === undefined) throw new Error("no environment was named");
  if (other === undefined) return format === "json" ? indented(ownershipJson(table)) : ownershipMarkdown(table);
  const comparison = compare(table, other);
  return format === "json" ? indented(comparisonJson(comparison)) : comparisonMarkdown(comparison);
}

function indented(value: object): string {
  return JSON.stringify(value, undefined, 2);
}
