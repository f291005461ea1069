import { createHash, randomUUID } from "node:crypto";
import { cpSync, type Dirent, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
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

/** What an init makes in a stack's folder: links to providers, the backend's settings; and the providers by version and checksum. */
const MADE = [".terraform", ".terraform.lock.hcl"];

/**
 * Does something with a stack's folder, initialized. What an init makes is kept, by backend and providers: it is the same for the stack's
 * next folder. Terraform holds it to the lock file and the backend at each command, and says where it does not fit any more: then it is
 * made anew.
 * @param folder that it is kept in. @default it is not kept
 * @returns what the init that failed said, or what `act` gave
 */
export async function initialized(
  options: TerraformOptions,
  folder: string | undefined,
  act: () => Promise<TerraformResult>,
): Promise<TerraformResult> {
  const { directory } = options;
  const kept = folder === undefined ? undefined : path.resolve(folder, keyOf(options));
  if (kept !== undefined && existsSync(kept)) {
    copyMade(kept, directory);
    const result = await act();
    if (!result.text.includes("terraform init")) return result;
    rmSync(kept, { recursive: true, force: true });
    for (const name of MADE) rmSync(path.join(directory, name), { recursive: true, force: true });
  }
  const begun = await init(options);
  if (begun.code !== 0) return begun;
  if (kept !== undefined) keep(directory, kept);
  return act();
}

/** Keeps what an init made, unless it is large: providers that are no links have hundreds of megabytes. */
function keep(directory: string, kept: string): void {
  const providers = path.join(directory, ".terraform/providers");
  if (existsSync(providers) && readdirSync(providers, { recursive: true, withFileTypes: true }).some(isFile)) return;
  const made = `${kept}.${randomUUID()}`;
  mkdirSync(made, { recursive: true });
  copyMade(directory, made);
  try {
    renameSync(made, kept);
  } catch (error) {
    // Another plan of the same stack was faster.
    if (!existsSync(kept)) throw error;
    rmSync(made, { recursive: true });
  }
}

const isFile = (entry: Dirent) => entry.isFile();

/** Of a stack that needs no provider Terraform writes no lock file. */
function copyMade(from: string, to: string): void {
  for (const name of MADE.filter((one) => existsSync(path.join(from, one))))
    cpSync(path.join(from, name), path.join(to, name), { recursive: true, verbatimSymlinks: true });
}

const settings = z.object({ terraform: z.unknown() });

/** All that an init's result depends on. */
function keyOf({ directory, variables }: TerraformOptions): string {
  const { terraform } = settings.parse(JSON.parse(readFileSync(path.join(directory, "cdk.tf.json"), "utf8")));
  const known = [terraform, cacheOf(variables), variables["TF_CLI_CONFIG_FILE"], variables["TF_DATA_DIR"]];
  return createHash("sha256").update(JSON.stringify(known)).digest("hex");
}

/** The cache of providers that cdktf would use, by the same variables: each provider is fetched once. */
function cacheOf(variables: NodeJS.ProcessEnv): string | undefined {
  if (variables["CDKTF_DISABLE_PLUGIN_CACHE_ENV"] !== undefined) return undefined;
  return variables["TF_PLUGIN_CACHE_DIR"] ?? path.join(variables["HOME"] ?? homedir(), ".terraform.d/plugin-cache");
}
