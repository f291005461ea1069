import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, type AppConfig, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { z } from "zod";
import { allEnvironments, type Environment, environmentNamed, InvalidInput, parse } from "../environment";
import { isWorkspace } from "../workspace";
import { WorkspaceStack } from "./stack";
import { aim, REAL, type Target, targetIn } from "./target";
import { writtenProblems, writtenWarnings } from "./written";

/** Environment variable that narrows a synth to one environment; unset, all of them are synthesized. */
export const ENVIRONMENT_VARIABLE = "DEMARC_ENVIRONMENT";

/** Adds a workspace's stacks of one environment to the app. @throws InvalidInput where its settings are not valid */
export type Build = (app: App, environment: Environment) => void;

/**
 * Synthesizes a workspace: what its main.ts calls. Nothing is written unless everything is valid; bad input is printed,
 * all of it, and ends the process with exit code 1. What is valid but runs otherwise than asked is printed as warnings.
 * @param directory of the project. @default where the process runs, as every command that synthesizes starts it
 */
export function synthesize(build: Build, directory = process.cwd()): void {
  try {
    const target = targetIn(process.env);
    const warnings = synthesizeInto(build, chosenEnvironments(), {}, target, projectIn(directory));
    for (const warning of warnings) console.error(`warning: ${warning}`);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/**
 * Synthesizes into a folder of its own, checks what was written there, and only then hands it over: no override, aspect or subclass
 * comes after the check. Only the app's own code could, later, in the output folder: a deploy therefore checks again.
 * @param project the project's name, which every stack's workspace must have. @default any
 * @returns warnings, a line each @throws InvalidInput with all that any stack of any environment has wrong.
 */
export function synthesizeInto(
  build: Build,
  environments: readonly Environment[],
  config: AppConfig = {},
  target: Target = REAL,
  project?: string,
): string[] {
  const staging = mkdtempSync(path.join(tmpdir(), "demarc-staging-"));
  try {
    const app = new App({ ...config, skipValidation: true, outdir: staging });
    aim(app, target);
    buildAll(app, build, environments);
    linkStacks(app);
    const invalid = validationProblems(app);
    app.synth();
    const problems = [...invalid, ...stackProblems(app, target, project)];
    if (problems.length > 0) {
      throw new InvalidInput([
        { subject: "the workspace", problems: problems.map((message) => ({ path: "", message })) },
      ]);
    }
    const outdir = config.outdir ?? process.env["CDKTF_OUTDIR"] ?? "cdktf.out";
    forgetBackends(staging, outdir);
    cpSync(staging, outdir, { recursive: true });
    return workspaceStacks(app).flatMap(({ node, declaration }) =>
      writtenWarnings(path.join(staging, "stacks", node.id), declaration),
    );
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Takes away what Terraform remembers of the backends of stacks that are written anew: it would refuse another account, region or
 * bucket as "Backend configuration changed", or move the states there. No state is in it.
 */
function forgetBackends(staging: string, outdir: string): void {
  const stacks = path.join(staging, "stacks");
  for (const stack of existsSync(stacks) ? readdirSync(stacks) : []) {
    rmSync(path.join(outdir, "stacks", stack, ".terraform/terraform.tfstate"), { force: true });
  }
}

/** What is wrong with the stacks that were written. */
function stackProblems(app: App, target: Target, project: string | undefined): string[] {
  return app.node
    .findAll()
    .filter((construct) => TerraformStack.isStack(construct))
    .flatMap((stack) => {
      if (!(stack instanceof WorkspaceStack) || stack.node.scope !== app) {
        return [
          `${stack.node.path}: a stack that is no workspace's is not deployed; extend WorkspaceStack or ApplicationStack`,
        ];
      }
      const folder = path.join(app.outdir, "stacks", stack.node.id);
      return [...workspaceProblems(stack, project), ...writtenProblems(folder, stack.declaration, target)];
    });
}

function workspaceProblems({ node, workspace }: WorkspaceStack, project: string | undefined): string[] {
  if (!isWorkspace(workspace)) {
    return [
      `${node.id}: its workspace "${workspace.name}" is none: take infra, k8sPlatform, or make it by appWorkspace`,
    ];
  }
  if (project === undefined || workspace.name === project) return [];
  return [
    `${node.id}: it is of workspace "${workspace.name}", and the project is "${project}": a project makes its own stacks only`,
  ];
}

/** Name of the nx project in that folder. @throws InvalidInput where there is none */
function projectIn(directory: string): string {
  const file = path.join(directory, "package.json");
  const manifest = z.object({ nx: z.object({ name: z.string("must name the nx project") }) });
  if (existsSync(file)) return parse(file, manifest, JSON.parse(readFileSync(file, "utf8"))).nx.name;
  const message = "there is no such file; synthesize in the folder of the project: npx nx synth <project>";
  throw new InvalidInput([{ subject: file, problems: [{ path: "", message }] }]);
}

function buildAll(app: App, build: Build, environments: readonly Environment[]): void {
  const reports = environments.flatMap((environment) => {
    try {
      build(app, environment);
      return [];
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return error.reports;
    }
  });
  if (reports.length > 0) throw new InvalidInput(reports);
}

function chosenEnvironments(): Environment[] {
  const name = process.env[ENVIRONMENT_VARIABLE];
  const all = allEnvironments();
  return name === undefined || name === "" ? all : [environmentNamed(name)];
}

/** Makes the contracts that stacks of this app consume from each other the order in which they are deployed. */
function linkStacks(app: App): void {
  const stacks = workspaceStacks(app);
  for (const stack of stacks) {
    for (const id of stack.producers) {
      const producer = stacks.find((other) => other.node.id === id);
      if (producer !== undefined) stack.addDependency(producer);
    }
  }
}

function workspaceStacks(app: App): WorkspaceStack[] {
  return app.node.children.filter((child) => child instanceof WorkspaceStack);
}

/** cdktf itself validates each stack just before it writes it, so the second one's problem would find the first one written. */
function validationProblems(app: App): string[] {
  return app.node.findAll().flatMap((construct: IConstruct) => construct.node.validate());
}
