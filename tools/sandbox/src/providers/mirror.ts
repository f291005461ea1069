import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { Refusal } from "@demarc/deploy";
import type { Layout } from "../layout";
import { MIRROR_VARIABLE, packageIn, pluginDirectories, userConfiguration } from "./directories";
import { addressOf, nameOf, type Provider } from "./pins";

type Variables = Readonly<Record<string, string | undefined>>;

/** What a mirror of these providers is made from. */
export interface MirrorPlan {
  readonly found: readonly { readonly provider: Provider; readonly path: string; readonly place: string }[];
  /** Those that no plugin directory has: the registry must. */
  readonly missing: readonly Provider[];
}

/** Looks for the providers on this machine. */
export function planMirror(
  providers: readonly Provider[],
  layout: Layout,
  variables: Variables,
  platform: string,
): MirrorPlan {
  const directories = [layout.plugins, ...pluginDirectories(variables)];
  const found = providers.flatMap((provider) => {
    for (const directory of directories) {
      const packed = packageIn(directory, provider, platform);
      if (packed !== undefined) return [{ provider, ...packed }];
    }
    return [];
  });
  const have = new Set(found.map(({ provider }) => provider));
  return { found, missing: providers.filter((provider) => !have.has(provider)) };
}

/**
 * Puts all of a plan's providers into the one mirror that Terraform then installs from, whatever runs beside it: a shared plugin
 * cache is spoilt by two at once. What the machine has is linked, what it lacks is downloaded as the user's Terraform would.
 * @throws Refusal where a provider can be had from nowhere
 */
export async function makeMirror(
  plan: MirrorPlan,
  layout: Layout,
  inherited: Variables,
  variables: NodeJS.ProcessEnv,
): Promise<void> {
  for (const { path: source, place } of plan.found) link(source, path.join(layout.plugins, place));
  for (const provider of plan.missing) await download(provider, layout, inherited, variables);
  writeConfiguration([...plan.found.map(({ provider }) => provider), ...plan.missing], layout);
}

function link(source: string, target: string): void {
  if (source === target || existsSync(target)) return;
  mkdirSync(path.dirname(target), { recursive: true });
  // A link to what has moved away since.
  rmSync(target, { force: true, recursive: true });
  symlinkSync(source, target);
}

async function download(provider: Provider, layout: Layout, inherited: Variables, variables: NodeJS.ProcessEnv) {
  const scratch = mkdtempSync(path.join(layout.home, "download-"));
  const cache = path.join(scratch, "cache");
  mkdirSync(cache);
  const required_providers = { wanted: { source: addressOf(provider), version: provider.version } };
  writeFileSync(path.join(scratch, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
  const configuration = userConfiguration(inherited);
  const env = {
    ...variables,
    TF_PLUGIN_CACHE_DIR: cache,
    ...(configuration === undefined ? {} : { TF_CLI_CONFIG_FILE: configuration }),
  };
  try {
    await promisify(execFile)("terraform", ["init", "-input=false", "-no-color"], { cwd: scratch, env });
    // Only now, whole: a killed download leaves nothing that looks like a provider.
    const place = path.join(addressOf(provider), provider.version);
    mkdirSync(path.dirname(path.join(layout.plugins, place)), { recursive: true });
    rmSync(path.join(layout.plugins, place), { recursive: true, force: true });
    renameSync(path.join(cache, place), path.join(layout.plugins, place));
  } catch (error) {
    throw new Refusal([unavailable(provider, inherited, reasonOf(error))]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function unavailable(provider: Provider, variables: Variables, reason: string): string {
  const searched = pluginDirectories(variables).join(", ");
  return `Terraform's provider ${nameOf(provider)} is in no plugin directory (looked into ${searched}) and could not be downloaded: ${reason} Name the directory that has it in ${MIRROR_VARIABLE}, or make its registry reachable.`;
}

function reasonOf(error: unknown): string {
  const output =
    typeof error === "object" && error !== null && "stderr" in error ? String(error.stderr) : String(error);
  const lines = output.split("\n").map((line) => line.replace(/^[│╷╵\s]+/, "").trim());
  return lines
    .filter((line) => line !== "" && !line.startsWith("Error:"))
    .join(" ")
    .slice(0, 400);
}

/** Providers of the mirror come from it alone; any other one that somebody tries by hand comes from its registry. */
function writeConfiguration(providers: readonly Provider[], { terraformConfig, plugins }: Layout): void {
  const addresses = [...new Set(providers.map(addressOf))].map((address) => JSON.stringify(address)).join(", ");
  writeFileSync(
    terraformConfig,
    `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(plugins)}
    include = [${addresses}]
  }
  direct {
    exclude = [${addresses}]
  }
}
`,
  );
}
