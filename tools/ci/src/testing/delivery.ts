import { readFileSync } from "node:fs";
import { apply, planGraph, type planInto, type Setting } from "@demarc/deploy";
import { type LocalStack, LocalStacks } from "@demarc/deploy/testing/local-stacks";
import { minimalMonorepo } from "@demarc/nx/src/testing/monorepo";
import type { TemporaryRepository } from "@demarc/nx/src/testing/repository";
import { z } from "zod";
import { applyApproved, applyReviewed, type Applying } from "../apply/apply";
import { Git } from "../git";
import { planEnvironment, workspacesIn } from "../plan/plan";
import type { Summary } from "../plan/summary";
import { keepReviewed } from "../reviewed/reviewed";
import { affectedTasks } from "../tasks/command";

/** What each workspace's stack holds is what stands in its source. */
const STACKS = [
  { id: "dev-network", project: "infra", source: "packages/infra/src/main.ts" },
  { id: "dev-platform", project: "k8s-platform", source: "packages/k8s-platform/src/main.ts", reads: "dev-network" },
  { id: "dev-petstore", project: "petstore", source: "packages/apps/petstore/src/main.ts" },
  { id: "dev-storefront", project: "storefront", source: "packages/apps/storefront/src/main.ts" },
];

const state = z.object({ outputs: z.object({ thing: z.object({ value: z.string() }).optional() }) });

export type StackId = "dev-network" | "dev-platform" | "dev-petstore" | "dev-storefront";

/** A repository with a real history, of which nx tells what changed, and stacks that a real Terraform plans and applies. */
export class Delivery {
  readonly repository: TemporaryRepository = minimalMonorepo();
  readonly stacks = new LocalStacks();
  readonly said: string[] = [];
  /** What the last apply planned. */
  planned: Summary | undefined;

  /** Has a stack hold that, from the next commit on. One that holds "fails" cannot be applied. */
  write(id: StackId, holds: string): this {
    const source = STACKS.find((stack) => stack.id === id)?.source ?? "";
    this.repository.write({ [source]: `import "@demarc/shared/environment";\n// ${holds}\n` });
    return this;
  }

  git(...args: string[]): string {
    const who = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    return this.repository.mustRun("git", ...who, ...args).trim();
  }

  commit(): string {
    this.repository.commit();
    return this.git("rev-parse", "HEAD");
  }

  /** What a pull request's job does: plans what differs from main, and keeps what that does. */
  async review(base = "main"): Promise<Summary | undefined> {
    const setting = this.#setting();
    const { environment } = this.stacks;
    const workspaces = workspacesIn(environment, await affectedTasks(base, [environment], setting));
    if (workspaces.length === 0) return undefined;
    const tree = await new Git(setting.root).tree();
    return planEnvironment(environment, workspaces, setting, {
      planner: this.#planner,
      isSaved: false,
      look: (outcome) => keepReviewed(environment, tree, outcome),
    });
  }

  /** What a job on main does. @param digest of the plan that was approved */
  async deploy(digest?: string): Promise<number> {
    const applying = await this.#applying();
    const { environment } = this.stacks;
    return digest === undefined ? applyReviewed(environment, applying) : applyApproved(environment, digest, applying);
  }

  /** Deploys all that differs, and approves whatever nobody reviewed. */
  async deployAll(): Promise<void> {
    let code = await this.deploy();
    while (code === 2) code = await this.deploy(this.digest);
    if (code !== 0) throw new Error(this.said.join("\n"));
  }

  /** Digest of the plan for which the last deploy asked. */
  get digest(): string {
    return (
      /-f digest=([0-9a-f]{64})$/m.exec(this.said.join("\n").split("Nothing of it is applied").at(-1) ?? "")?.[1] ?? ""
    );
  }

  /** What is affected by the records of what is deployed. */
  async affected(): Promise<readonly string[]> {
    return (await this.#applying()).affected();
  }

  /** What a stack holds, as its state tells. */
  held(id: StackId): unknown {
    const { outputs } = state.parse(JSON.parse(readFileSync(this.stacks.state(id), "utf8")));
    return outputs.thing?.value;
  }

  remove(): void {
    this.repository.remove();
  }

  async #applying(): Promise<Applying> {
    const setting = this.#setting();
    const { environment } = this.stacks;
    return {
      setting,
      tree: await new Git(setting.root).tree(),
      affected: async () => workspacesIn(environment, await affectedTasks(undefined, [environment], setting)),
      tell: (summary) => (this.planned = summary),
      planner: this.#planner,
      // The gate knows no workspace that may have these stacks.
      applier: (name, digest, asking) => apply(name, digest, asking, () => Promise.resolve([])),
    };
  }

  #setting(): Setting {
    const projects = STACKS.map(({ project }) => this.stacks.project(project));
    const commit = this.git("status", "--porcelain") === "" ? this.git("rev-parse", "HEAD") : undefined;
    const say = (line: string) => this.said.push(line);
    const { root } = this.repository;
    return { ...this.stacks.setting(), projects, root, commit, say };
  }

  /** Plans what a synth would write of the sources that are there. */
  readonly #planner: typeof planInto = async (projects, scope, setting, { look, isSaved }) => {
    const graph = this.stacks.graph(...STACKS.map((stack) => this.#local(stack)));
    const names = projects.map(({ name }) => name);
    const meant = graph.projects.map(({ project }) => project).filter(({ name }) => names.includes(name));
    const outcome = await planGraph(graph, meant, scope, setting, () => Promise.resolve([]), isSaved);
    await look?.(outcome);
    return outcome.code;
  };

  #local({ id, project, source, reads }: (typeof STACKS)[number]): LocalStack {
    const [, holds = ""] = /^\/\/ (.*)$/m.exec(this.repository.read(source)) ?? [];
    return { id, project, holds, fails: holds.includes("fails"), ...(reads === undefined ? {} : { reads }) };
  }
}
