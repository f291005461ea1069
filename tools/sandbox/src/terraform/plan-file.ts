import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type DeployableStack, planAsJson, planStack } from "@demarc/deploy";

/** Name of a plan in its stack's folder. */
const PLAN = "audit.tfplan";

/**
 * Writes a stack's plan as JSON: what `terraform show -json` tells of it.
 * @param kept folder for what is kept from one plan to the next
 * @returns the file
 * @throws Error with what Terraform says, where the stack cannot be planned
 */
export async function writePlan(
  { directory }: DeployableStack,
  variables: NodeJS.ProcessEnv,
  file: string,
  kept: string,
): Promise<string> {
  const planned = await planStack({ directory, variables, out: PLAN, kept });
  if (planned.kind === "failed") throw new Error(planned.text);
  writeFileSync(file, await planAsJson(PLAN, { directory, variables }));
  rmSync(path.join(directory, PLAN));
  return file;
}
