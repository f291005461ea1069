import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { QUIETLY, terraform, type TerraformOptions, type TerraformResult } from "./terraform";

/** The init that was begun last: two at once may spoil a cache of providers that they share. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Initializes a stack's folder.
 * @param locked whether its lock file holds: a provider that it does not know, or knows otherwise, is refused. @default false
 */
export async function init(options: TerraformOptions, locked = false): Promise<TerraformResult> {
  const { directory, variables } = options;
  const args = ["init", ...QUIETLY, ...(locked ? ["-lockfile=readonly"] : [])];
  const cache = cacheOf(variables);
  if (cache === undefined) return terraform(args, options);
  mkdirSync(cache, { recursive: true });
  // Without the second one Terraform takes nothing of it for a folder that has no lock file yet.
  const cached = { TF_PLUGIN_CACHE_DIR: cache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" };
  const begin = () => terraform(args, { directory, variables: { ...variables, ...cached } });
  const result = last.then(begin, begin);
  last = result;
  return result;
}

/** The cache of providers that cdktf would use, by the same variables: each provider is fetched once. */
function cacheOf(variables: NodeJS.ProcessEnv): string | undefined {
  if (variables["CDKTF_DISABLE_PLUGIN_CACHE_ENV"] !== undefined) return undefined;
  return variables["TF_PLUGIN_CACHE_DIR"] ?? path.join(variables["HOME"] ?? homedir(), ".terraform.d/plugin-cache");
}
