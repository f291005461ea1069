import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Refusal } from "@demarc/deploy";
import type { Layout } from "../layout";
import { download, type Failure } from "./download";
import { MIRROR_VARIABLE, packageIn, pluginDirectories } from "./directories";
import { addressOf, nameOf, type Provider } from "./pins";
import { isStandIn, standInFor } from "./stand-ins";

type Variables = Readonly<Record<string, string | undefined>>;

/** Where providers and charts may come from: as `--providers` asks for. */
export type Sources = "real" | "stand-in";

/** What a mirror of these providers is made from. */
export interface MirrorPlan {
  readonly found: readonly { readonly provider: Provider; readonly path: string; readonly place: string }[];
  /** Those that no plugin directory has: the registry must, or a stand-in has to do. */
  readonly missing: readonly Provider[];
  /** Stand-ins that take a provider's place whatever the registry has. */
  readonly standIns: readonly Provider[];
}

/**
 * Looks for the providers on this machine.
 * @param asked "stand-in": none is looked for that has one
 */
export function planMirror(
  providers: readonly Provider[],
  layout: Layout,
  variables: Variables,
  platform: string,
  asked?: Sources,
): MirrorPlan {
  const directories = [layout.plugins, ...pluginDirectories(variables)];
  const standIns = providers.flatMap((provider) => {
    if (isStandIn(provider)) return [{ provider, standIn: provider }];
    const standIn = asked === "stand-in" ? standInFor(provider) : undefined;
    return standIn === undefined ? [] : [{ provider, standIn }];
  });
  const replaced = new Set(standIns.map(({ provider }) => provider));
  const wanted = providers.filter((provider) => !replaced.has(provider));
  const found = wanted.flatMap((provider) => {
    for (const directory of directories) {
      const packed = packageIn(directory, provider, platform);
      if (packed !== undefined) return [{ provider, ...packed }];
    }
    return [];
  });
  const have = new Set(found.map(({ provider }) => provider));
  const missing = wanted.filter((provider) => !have.has(provider));
  return { found, missing, standIns: standIns.map(({ standIn }) => standIn) };
}

/** How a mirror is made. */
export interface MirrorOptions {
  readonly layout: Layout;
  readonly inherited: Variables;
  readonly variables: NodeJS.ProcessEnv;
  /** "real": a provider that cannot be had is refused, even where it has a stand-in. @default its stand-in takes its place */
  readonly asked?: Sources | undefined;
  readonly say: (line: string) => void;
}

/** How long a registry may take to answer before a stand-in takes the provider's place, in milliseconds. */
const PATIENCE = 3_000;

/**
 * Puts all of a plan's providers into the one mirror that Terraform then installs from, whatever runs beside it: a shared plugin
 * cache is spoilt by two at once. What the machine has is linked, what it lacks is downloaded as the user's Terraform would.
 * @returns stand-ins: those of the plan, and those of the providers that could not be had. Their place in the mirror is empty yet
 * @throws Refusal where a provider without a stand-in can be had from nowhere
 */
export async function makeMirror(plan: MirrorPlan, options: MirrorOptions): Promise<readonly Provider[]> {
  const { layout } = options;
  for (const { path: source, place } of plan.found) link(source, path.join(layout.plugins, place));
  const { downloaded, replaced } = await downloadAll(plan.missing, options);
  const standIns = [...plan.standIns, ...replaced];
  writeConfiguration([...plan.found.map(({ provider }) => provider), ...downloaded, ...standIns], layout);
  return standIns;
}

/** @returns `replaced`: stand-ins of those that could not be had. A registry that did not answer once is asked no more. */
async function downloadAll(
  missing: readonly Provider[],
  options: MirrorOptions,
): Promise<{ readonly downloaded: readonly Provider[]; readonly replaced: readonly Provider[] }> {
  const downloaded: Provider[] = [];
  const replaced: Provider[] = [];
  const problems: string[] = [];
  const silent = new Map<string, Failure>();
  for (const provider of missing) {
    const standIn = options.asked === "real" ? undefined : standInFor(provider);
    const begun = () => options.say(`Downloading Terraform's provider ${nameOf(provider)}, once …`);
    const patience = standIn === undefined ? undefined : PATIENCE;
    const failure = silent.get(provider.host) ?? (await download(provider, { ...options, begun, patience }));
    if (failure?.answered === false) silent.set(provider.host, failure);
    if (failure === undefined) downloaded.push(provider);
    else if (standIn === undefined) problems.push(unavailable(provider, failure, options));
    else replaced.push(standIn);
  }
  if (problems.length > 0) throw new Refusal(problems);
  return { downloaded, replaced };
}

function unavailable(provider: Provider, { reason }: Failure, { inherited }: MirrorOptions): string {
  const searched = pluginDirectories(inherited).join(", ");
  const otherwise =
    standInFor(provider) === undefined ? "" : ", or take the sandbox's stand-in for it (--providers stand-in)";
  return `Terraform's provider ${nameOf(provider)} is in no plugin directory (looked into ${searched}) and could not be downloaded: ${reason} Name the directory that has it in ${MIRROR_VARIABLE}, or make its registry reachable${otherwise}.`;
}

function link(source: string, target: string): void {
  if (source === target || existsSync(target)) return;
  mkdirSync(path.dirname(target), { recursive: true });
  // A link to what has moved away since.
  rmSync(target, { force: true, recursive: true });
  symlinkSync(source, target);
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
