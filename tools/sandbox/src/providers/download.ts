import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Layout } from "../layout";
import { userConfiguration } from "./directories";
import { addressOf, type Provider } from "./pins";

/** What a download is made with. */
export interface DownloadOptions {
  readonly layout: Layout;
  /** The user's own environment variables: where their Terraform would get a provider. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Environment variables of the Terraform that downloads. */
  readonly variables: NodeJS.ProcessEnv;
  /** How long the registry may take to say that it has the provider, in milliseconds. @default as long as Terraform waits */
  readonly patience?: number | undefined;
  /** Called when the registry has it and the download begins. */
  readonly begun: () => void;
}

/** Why there was no download. */
export interface Failure {
  /** Whether its registry, or what the user's Terraform takes in its place, answered at all. */
  readonly answered: boolean;
  readonly reason: string;
}

/**
 * Downloads a provider into the mirror by the user's own Terraform, which knows of proxies and of what a company has in place
 * of a registry.
 * @returns undefined where it is there now
 */
export async function download(provider: Provider, options: DownloadOptions): Promise<Failure | undefined> {
  const { layout, inherited, variables } = options;
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
    const failure = await init(scratch, env, options);
    if (failure !== undefined) return failure;
    // Only now, whole: a killed download leaves nothing that looks like a provider.
    const place = path.join(addressOf(provider), provider.version);
    mkdirSync(path.dirname(path.join(layout.plugins, place)), { recursive: true });
    rmSync(path.join(layout.plugins, place), { recursive: true, force: true });
    renameSync(path.join(cache, place), path.join(layout.plugins, place));
    return undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What Terraform says when it asks a registry, and when that has answered. */
const ASKS = "- Finding ";
const HAS = "- Installing ";

async function init(
  folder: string,
  env: NodeJS.ProcessEnv,
  { patience, begun }: Pick<DownloadOptions, "patience" | "begun">,
): Promise<Failure | undefined> {
  const terraform = spawn("terraform", ["init", "-input=false", "-no-color"], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    terraform.once("error", reject);
    terraform.once("close", resolve);
  });
  const complaints = text(terraform.stderr);
  let said = "";
  let late: NodeJS.Timeout | undefined;
  terraform.stdout.setEncoding("utf8").on("data", (more: string) => {
    const before = said;
    said += more;
    if (patience !== undefined && said.includes(ASKS)) late ??= setTimeout(() => terraform.kill("SIGKILL"), patience);
    if (said.includes(HAS) && !before.includes(HAS)) {
      clearTimeout(late);
      begun();
    }
  });
  const code = await ended;
  clearTimeout(late);
  if (code === 0) return undefined;
  const answered = said.includes(HAS);
  if (terraform.signalCode === "SIGKILL" && patience !== undefined && !answered) {
    return { answered, reason: `there was no answer within ${String(patience / 1_000)} s.` };
  }
  return { answered, reason: reasonIn(await complaints) };
}

function reasonIn(complaints: string): string {
  // What comes after the reason is advice on modules, which no stack of ours has.
  const [reason = ""] = complaints.split("To see which modules");
  const lines = reason.split("\n").map((line) => line.replace(/^[│╷╵\s]+/, "").trim());
  return lines
    .filter((line) => line !== "" && !line.startsWith("Error:"))
    .join(" ")
    .slice(0, 400);
}
