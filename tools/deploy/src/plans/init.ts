import { createHash, randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
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

/** File in a stack's folder that names the providers it was initialized with, by version and checksum. */
const LOCK_FILE = ".terraform.lock.hcl";

/**
 * Does something with a stack's folder, initialized. What an init makes is kept, by backend and providers: it is the same for the stack's
 * next folder, and takes as long as the plan of a small stack. Terraform holds it to the lock file and the backend at each command, and
 * says where it does not fit any more: then it is made anew.
 * @param folder that it is kept in. @default it is not kept
 * @param act is given options with which Terraform finds it
 * @returns what the init that failed said, or what `act` gave
 */
export async function initialized(
  options: TerraformOptions,
  folder: string | undefined,
  act: (options: TerraformOptions) => Promise<TerraformResult>,
): Promise<TerraformResult> {
  const { directory, variables } = options;
  // Without the cache each folder has providers of its own, of hundreds of megabytes.
  if (folder === undefined || cacheOf(variables) === undefined) {
    const begun = await init(options);
    return begun.code === 0 ? act(options) : begun;
  }
  const kept = keptOf(options, folder);
  if (existsSync(kept)) {
    copyLock(kept, directory);
    const result = await act(withData(options, kept));
    if (!result.text.includes("terraform init")) return result;
    rmSync(kept, { recursive: true, force: true });
    rmSync(path.join(directory, LOCK_FILE), { force: true });
  }
  const made = `${kept}.${randomUUID()}`;
  mkdirSync(made, { recursive: true });
  const begun = await init(withData(options, made));
  if (begun.code !== 0) {
    rmSync(made, { recursive: true });
    return begun;
  }
  copyLock(directory, made);
  try {
    renameSync(made, kept);
  } catch (error) {
    // Another plan of the same stack was faster.
    if (!existsSync(kept)) throw error;
    rmSync(made, { recursive: true });
  }
  return act(withData(options, kept));
}

/** Of a stack that needs no provider Terraform writes none. */
function copyLock(from: string, to: string): void {
  const lock = path.join(from, LOCK_FILE);
  if (existsSync(lock)) cpSync(lock, path.join(to, LOCK_FILE));
}

/** The same for a folder that was initialized before. */
export function afterInit(options: TerraformOptions, folder: string | undefined): TerraformOptions {
  return folder === undefined || cacheOf(options.variables) === undefined
    ? options
    : withData(options, keptOf(options, folder));
}

function withData({ variables, ...options }: TerraformOptions, kept: string): TerraformOptions {
  return { ...options, variables: { ...variables, TF_DATA_DIR: path.join(kept, "data") } };
}

const settings = z.object({ terraform: z.unknown() });

/** Where what an init makes is kept: by all that it depends on. */
function keptOf({ directory, variables }: TerraformOptions, folder: string): string {
  const { terraform } = settings.parse(JSON.parse(readFileSync(path.join(directory, "cdk.tf.json"), "utf8")));
  const known = [terraform, cacheOf(variables), variables["TF_CLI_CONFIG_FILE"]];
  const digest = createHash("sha256").update(JSON.stringify(known)).digest("hex");
  return path.resolve(folder, digest);
}

/** The cache of providers that cdktf would use, by the same variables: each provider is fetched once. */
function cacheOf(variables: NodeJS.ProcessEnv): string | undefined {
  if (variables["CDKTF_DISABLE_PLUGIN_CACHE_ENV"] !== undefined) return undefined;
  return variables["TF_PLUGIN_CACHE_DIR"] ?? path.join(variables["HOME"] ?? homedir(), ".terraform.d/plugin-cache");
}
