import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Connection } from "@demarc/deploy/kubernetes";
import { findGo } from "../../go/go";
import { goModules } from "../../go/modules";
import { LAYOUT } from "../../kubernetes/testing/running-control-plane";
import { findTerraform } from "../../preflight/programs";
import { addressOf, type Provider } from "../../providers/pins";
import { placeStandIn, standInFor, standInProgram } from "../../providers/stand-ins";

/** The providers that are stood in for, in the versions that the project pins. */
const STOOD_IN_FOR: readonly Provider[] = [
  { host: "registry.terraform.io", namespace: "hashicorp", type: "kubernetes", version: "2.38.0" },
  { host: "registry.terraform.io", namespace: "hashicorp", type: "helm", version: "3.1.1" },
];

/** How Terraform ended, and what it said, without colours. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly said: string;
}

/** A folder in which the real Terraform runs with the stand-in providers. */
export class StandInTerraform {
  readonly folder = mkdtempSync(path.join(tmpdir(), "stand-in-terraform-"));

  /** @param connection of the cluster that both providers are given */
  constructor(private readonly connection: Connection) {}

  /** Builds the providers where they are not built, and initializes the folder. */
  async init(): Promise<void> {
    const plugins = path.join(this.folder, "plugins");
    const requirements = await this.#providers(plugins);
    const installation = `provider_installation { filesystem_mirror { path = "${plugins}" } }`;
    writeFileSync(this.#configurationFile, installation);
    const { endpoint: host, certificateAuthority: cluster_ca_certificate, token } = this.connection;
    const connection = { host, cluster_ca_certificate, token };
    this.write("providers", {
      terraform: { required_providers: requirements },
      provider: { kubernetes: connection, helm: { kubernetes: connection } },
    });
    await this.demand("init");
  }

  /** Replaces one file of the configuration. */
  write(name: string, configuration: object): void {
    writeFileSync(path.join(this.folder, `${name}.tf.json`), JSON.stringify(configuration, undefined, 2));
  }

  async apply(): Promise<Outcome> {
    return this.run("apply", "-auto-approve");
  }

  async destroy(): Promise<Outcome> {
    return this.run("destroy", "-auto-approve");
  }

  /** Exit code 0: no changes; 2: changes, which `said` shows. */
  async plan(): Promise<Outcome> {
    return this.run("plan", "-detailed-exitcode");
  }

  /** What the command says. @throws Error with it, where it fails */
  async demand(command: string, ...flags: string[]): Promise<string> {
    const { exitCode, said } = await this.run(command, ...flags);
    if (exitCode !== 0) throw new Error(`terraform ${command} failed:\n${said}`);
    return said;
  }

  async run(command: string, ...flags: string[]): Promise<Outcome> {
    const child = this.start(command, ...flags);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (said += text));
    }
    await once(child, "close");
    return { exitCode: child.exitCode, said };
  }

  /** One that a test ends before it is done. Its providers end with it. */
  start(command: string, ...flags: string[]): ChildProcess {
    return spawn("terraform", [command, ...(command === "state" ? [] : ["-no-color"]), ...flags], {
      cwd: this.folder,
      env: {
        PATH: process.env["PATH"],
        HOME: process.env["HOME"],
        TF_CLI_CONFIG_FILE: this.#configurationFile,
        TF_INPUT: "0",
        CHECKPOINT_DISABLE: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #configurationFile(): string {
    return path.join(this.folder, "terraform.rc");
  }

  /** Puts the providers into a mirror. @returns what to require, by the provider's name */
  async #providers(plugins: string): Promise<Record<string, { source: string; version: string }>> {
    const go = await findGo(goModules(), process.env);
    if ("lacking" in go) throw new Error(go.lacking);
    const terraform = await findTerraform(process.env);
    if ("lacking" in terraform) throw new Error(terraform.lacking);
    const program = standInProgram(LAYOUT, go);
    await program.build(console.log, process.env);
    return Object.fromEntries(
      STOOD_IN_FOR.flatMap((real) => {
        const standIn = standInFor(real);
        if (standIn === undefined) return [];
        placeStandIn(standIn, program, { plugins }, terraform.platform);
        return [[real.type, { source: addressOf(standIn), version: real.version }]];
      }),
    );
  }
}

/** Terraform with the stand-in providers for a cluster, ready to apply. */
export async function standInTerraform(connection: Connection): Promise<StandInTerraform> {
  const terraform = new StandInTerraform(connection);
  await terraform.init();
  return terraform;
}
