import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Environment } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { StackGraph, type SynthesizedProject } from "../graph";
import type { Project } from "../projects";
import { States } from "../states";
import { synthesizedStacks } from "../stacks";
import { settingOf } from "./setting";

/** A stack that holds one thing, which needs no provider but Terraform's own. */
export interface LocalStack {
  readonly id: string;
  /** Name of its project. @default infra */
  readonly project?: string;
  /** What it holds, and what its output gives. */
  readonly holds: string;
  /** Id of the stack whose output it holds beside that. @default none */
  readonly reads?: string;
  /** What it takes of that stack's outputs. @default "thing" */
  readonly takes?: string;
  /** Ids of stacks that its project deploys before it. @default none */
  readonly after?: readonly string[];
  /** Output that gives what it holds as `key`, such as `vpc_v1`: it then has outputs alone. @default it publishes nothing */
  readonly publishes?: string;
  /** Whether its apply fails, and its plan does not. @default false */
  readonly fails?: boolean;
}

/** A thing that cannot be made. */
const FAILING = { broken: { provisioner: [{ "local-exec": { command: "exit 1" } }] } };

/** Stacks of dev that a real Terraform plans and applies, in a folder of their own, with their states in it. */
export class LocalStacks {
  readonly #root = mkdtempSync(path.join(tmpdir(), "demarc-local-"));
  readonly environment: Environment = {
    ...dev,
    state: { kind: "local", directory: path.relative(path.resolve(__dirname, "../../../.."), this.#root) },
  };

  /** Their projects, as they stand after a synth. */
  graph(...stacks: readonly LocalStack[]): StackGraph {
    const names = [...new Set(stacks.map(({ project = "infra" }) => project))];
    const projects = names.map((name) =>
      this.#synthesized(
        name,
        stacks.filter(({ project = "infra" }) => project === name),
      ),
    );
    return new StackGraph(this.environment, projects);
  }

  #synthesized(name: string, stacks: readonly LocalStack[]): SynthesizedProject {
    const checked = mkdtempSync(path.join(this.#root, "synthesized-"));
    for (const stack of stacks) this.#write(checked, stack);
    const manifest = Object.fromEntries<unknown>(
      stacks.map(({ id, after = [] }) => [
        id,
        { synthesizedStackPath: `stacks/${id}/cdk.tf.json`, dependencies: after },
      ]),
    );
    writeFileSync(path.join(checked, "manifest.json"), JSON.stringify({ stacks: manifest }));
    return { project: this.project(name), checked, stacks: synthesizedStacks(checked) };
  }

  project(name: string): Project {
    const kind = name === "infra" || name === "k8s-platform" ? name : "apps";
    return { name, kind, directory: this.#root, app: "", context: {} };
  }

  setting() {
    const variables = { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", HOME: this.#root };
    const home = path.join(this.#root, "home");
    return settingOf({ states: new States(), environments: [this.environment], variables, home });
  }

  state(id: string): string {
    return path.join(this.#root, "dev/infra", `${id.replace(/^dev-/, "")}.tfstate`);
  }

  /** Folder of a part of a saved plan. */
  plans(...name: readonly string[]): string {
    return path.join(this.#root, "plans/dev", ...name);
  }

  #write(checked: string, { id, holds, reads, takes = "thing", publishes, fails = false }: LocalStack): void {
    const folder = path.join(checked, "stacks", id);
    mkdirSync(path.join(folder, "assets"), { recursive: true });
    writeFileSync(path.join(folder, "assets/kept"), holds);
    const read = reads === undefined ? "" : `\${data.terraform_remote_state.read.outputs.${takes}} and `;
    const content = {
      terraform: { backend: { local: { path: this.state(id) } } },
      ...(reads === undefined
        ? {}
        : { data: { terraform_remote_state: { read: { backend: "local", config: { path: this.state(reads) } } } } }),
      ...(publishes === undefined
        ? {
            resource: { terraform_data: { thing: { input: `${read}${holds}` }, ...(fails ? FAILING : {}) } },
            output: { thing: { value: "${terraform_data.thing.output}" } },
          }
        : { output: { [publishes]: { value: { key: holds } } } }),
    };
    writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(content));
  }
}
