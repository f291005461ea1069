import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { DeployableStack } from "@demarc/deploy";

const run = promisify(execFile);

/** More than the JSON of any plan. */
const MOST_OUTPUT = 64 * 1024 * 1024;

/**
 * Writes a stack's plan as JSON: what `terraform show -json` tells of it.
 * @returns the file
 * @throws Error with what Terraform says, where the stack cannot be planned
 */
export async function writePlan({ directory }: DeployableStack, env: NodeJS.ProcessEnv, file: string): Promise<string> {
  const plan = path.join(directory, "audit.tfplan");
  const options = { cwd: directory, env, maxBuffer: MOST_OUTPUT };
  await run("terraform", ["init", "-input=false", "-no-color"], options);
  await run("terraform", ["plan", "-input=false", "-no-color", "-lock=false", `-out=${plan}`], options);
  const { stdout } = await run("terraform", ["show", "-json", plan], options);
  rmSync(plan);
  writeFileSync(file, stdout);
  return file;
}
