import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layoutOf } from "../../layout";
import { packageIn, pluginDirectories } from "../../providers/directories";
import { reasonOf } from "../http/errors";

/** Terraform's exit codes; with plan -detailed-exitcode, 2 tells of changes. */
export const NO_CHANGES = 0;
export const FAILED = 1;

const AWS_PROVIDER = { host: "registry.terraform.io", namespace: "hashicorp", type: "aws", version: "5.100.0" };

export interface Outcome {
  readonly exitCode: number;
  /** Both streams, without colours. */
  readonly said: string;
}

/** What a plan would do. Addresses are of resources, e.g. "aws_eks_cluster.main". */
export interface PlannedChanges {
  /** Actions per resource, e.g. ["update"]; resources without a change are left out. */
  readonly resources: ReadonlyMap<string, readonly string[]>;
  /** Names of outputs that change. */
  readonly outputs: ReadonlySet<string>;
}

/** A working directory with the AWS provider that the project pins. */
export class Terraform {
  private readonly directory = mkdtempSync(join(tmpdir(), "eks-api-terraform-"));

  private constructor() {}

  /** An initialised directory, or the reason why this machine cannot have one. */
  static prepare(): Terraform | string {
    const terraform = new Terraform();
    try {
      terraform.init();
      return terraform;
    } catch (fault) {
      terraform.remove();
      return `terraform init with hashicorp/aws ${AWS_PROVIDER.version} failed: ${reasonOf(fault)}`;
    }
  }

  private init(): void {
    const aws = { source: "hashicorp/aws", version: AWS_PROVIDER.version };
    this.write("provider", { terraform: { required_providers: { aws } } });
    const mirror = pluginMirror();
    const installation =
      mirror === undefined ? "" : `provider_installation { filesystem_mirror { path = "${mirror}" } }`;
    writeFileSync(this.configurationFile, installation);
    execFileSync("terraform", ["init", "-no-color"], { cwd: this.directory, env: this.environment({}), stdio: "pipe" });
  }

  /** Replaces one file of the configuration. */
  write(name: string, configuration: object): void {
    writeFileSync(join(this.directory, `${name}.tf.json`), JSON.stringify(configuration, undefined, 2));
  }

  async apply(endpoints: Record<string, string>): Promise<void> {
    await this.demand(endpoints, "apply", "-auto-approve", "-parallelism=30");
  }

  /** Applies some addresses and what they depend on, whether it works or not. */
  tryApply(endpoints: Record<string, string>, addresses: readonly string[]): Promise<Outcome> {
    return this.run(endpoints, "apply", "-auto-approve", ...addresses.map((address) => `-target=${address}`));
  }

  async destroy(endpoints: Record<string, string>): Promise<void> {
    await this.demand(endpoints, "destroy", "-auto-approve", "-parallelism=30");
  }

  /** Destroys all, whether it works or not. */
  tryDestroy(endpoints: Record<string, string>): Promise<Outcome> {
    return this.run(endpoints, "destroy", "-auto-approve", "-parallelism=30");
  }

  /** Refreshes and plans; `exitCode` is NO_CHANGES, FAILED, or 2 for changes. */
  plan(endpoints: Record<string, string>): Promise<Outcome> {
    rmSync(join(this.directory, "plan"), { force: true });
    return this.run(endpoints, "plan", "-detailed-exitcode", "-out=plan", "-parallelism=30");
  }

  /**
   * What the last plan would change.
   *
   * @throws Error when it failed
   */
  async plannedChanges(): Promise<PlannedChanges> {
    const { said } = await this.demand({}, "show", "-json", "plan");
    const plan: unknown = JSON.parse(said);
    return readChanges(plan);
  }

  /** What Terraform knows of the provider. */
  async schema(): Promise<unknown> {
    const { said } = await this.demand({}, "providers", "schema", "-json");
    return JSON.parse(said);
  }

  async outputs(): Promise<Record<string, unknown>> {
    const { said } = await this.demand({}, "output", "-json");
    const outputs: unknown = JSON.parse(said);
    return Object.fromEntries(fields(outputs).map(([name, output]) => [name, field(output, "value")]));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async demand(endpoints: Record<string, string>, ...command: [string, ...string[]]): Promise<Outcome> {
    const outcome = await this.run(endpoints, ...command);
    if (outcome.exitCode !== 0) throw new Error(`terraform ${command.join(" ")} failed:\n${outcome.said}`);
    return outcome;
  }

  private run(endpoints: Record<string, string>, command: string, ...flags: string[]): Promise<Outcome> {
    const options = { cwd: this.directory, env: this.environment(endpoints), maxBuffer: 64 * 1024 * 1024 };
    const noColor = ["show", "output", "providers"].includes(command) ? [] : ["-no-color", "-input=false"];
    return new Promise((resolve) => {
      execFile("terraform", [command, ...noColor, ...flags], options, (fault, stdout, stderr) => {
        const exitCode = typeof fault?.code === "number" ? fault.code : fault ? FAILED : 0;
        resolve({ exitCode, said: stdout + stderr });
      });
    });
  }

  private get configurationFile(): string {
    return join(this.directory, "terraform.rc");
  }

  /** No AWS setting of whoever runs the tests gets in: these endpoints and keys, or none. */
  private environment(endpoints: Record<string, string>): NodeJS.ProcessEnv {
    const { PATH, HOME, TF_PLUGIN_CACHE_DIR } = process.env;
    return {
      PATH,
      HOME,
      ...(TF_PLUGIN_CACHE_DIR === undefined ? {} : { TF_PLUGIN_CACHE_DIR }),
      TF_CLI_CONFIG_FILE: this.configurationFile,
      CHECKPOINT_DISABLE: "1",
      // Starting the provider is most of the work, and a fifth of that is garbage collection.
      GOGC: "400",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
      ...endpoints,
    };
  }
}

/** A plugin directory of this machine that has the provider, the sandbox's own included; without one the registry must. */
function pluginMirror(): string | undefined {
  const version: unknown = JSON.parse(execFileSync("terraform", ["version", "-json"], { encoding: "utf8" }));
  const platform = String(field(version, "platform"));
  const { plugins } = layoutOf(join(__dirname, "../../../../.."));
  return [plugins, ...pluginDirectories(process.env)].find((place) => packageIn(place, AWS_PROVIDER, platform));
}

function readChanges(plan: unknown): PlannedChanges {
  const resources = new Map<string, readonly string[]>();
  for (const change of list(field(plan, "resource_changes"))) {
    const actions = list(field(field(change, "change"), "actions")).map(String);
    if (actions.some((action) => action !== "no-op" && action !== "read")) {
      resources.set(String(field(change, "address")), actions);
    }
  }
  const outputs = fields(field(plan, "output_changes"))
    .filter(([, change]) => !list(field(change, "actions")).includes("no-op"))
    .map(([name]) => name);
  return { resources, outputs: new Set(outputs) };
}

function field(value: unknown, name: string): unknown {
  return fields(value).find(([key]) => key === name)?.[1];
}

function fields(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
