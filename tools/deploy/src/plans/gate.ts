import { readFileSync } from "node:fs";
import path from "node:path";
import { allowancesOf, type ContractUse, type Finding, gatePlan, usesOf } from "@demarc/gate";
import { accountStackId, type Environment } from "@demarc/shared/environment";
import { isRecord } from "@demarc/shared/json";
import type { StackGraph } from "../graph";
import type { Found } from "./found";

/** Says what of a plan somebody has to decide first. */
export type Gate = (found: readonly Found[], graph: StackGraph) => Finding[];

/**
 * The gate of a repository: what its stacks use of each other, and what its workspaces allow.
 * @param root of the repository
 */
export function gateOf(environment: Environment, root: string): Gate {
  const today = new Date().toISOString().slice(0, 10);
  return (found, graph) => {
    const uses = usesIn(graph);
    return found.flatMap(({ plan, placed: { id, target } }) => {
      if (plan === undefined) return [];
      const { name, kind } = target.project;
      const workspace = { name, kind };
      const exposures = id === accountStackId(environment) ? [] : environment.exposures;
      return gatePlan(plan, {
        ...{ stack: id, workspace, exposures, uses, today },
        allowances: allowancesOf(workspace, root),
      });
    });
  };
}

/** What the stacks of an environment use of each other's contracts. */
export function usesIn({ stacks }: StackGraph): ContractUse[] {
  return usesOf(stacks.map(({ id, stack }) => ({ id, json: jsonOf(stack.directory) })));
}

function jsonOf(directory: string): Readonly<Record<string, unknown>> {
  const json: unknown = JSON.parse(readFileSync(path.join(directory, "cdk.tf.json"), "utf8"));
  return isRecord(json) ? json : {};
}
