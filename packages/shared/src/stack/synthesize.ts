import { App, type AppConfig } from "cdktf";
import type { IConstruct } from "constructs";
import { allEnvironments, type Environment, environmentNamed, InvalidInput } from "../environment";
import { WorkspaceStack } from "./stack";
import { aim, REAL, type Target, targetIn } from "./target";

/** Environment variable that narrows a synth to one environment; unset, all of them are synthesized. */
export const ENVIRONMENT_VARIABLE = "DEMARC_ENVIRONMENT";

/** Adds a workspace's stacks of one environment to the app. @throws InvalidInput where its settings are not valid */
export type Build = (app: App, environment: Environment) => void;

/**
 * Synthesizes a workspace: what its main.ts calls. Nothing is written unless everything is valid; bad input is printed,
 * all of it, and ends the process with exit code 1.
 */
export function synthesize(build: Build): void {
  try {
    synthesizeInto(build, chosenEnvironments(), {}, targetIn(process.env));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** @throws InvalidInput with all that any stack of any environment has wrong. */
export function synthesizeInto(
  build: Build,
  environments: readonly Environment[],
  config: AppConfig = {},
  target: Target = REAL,
): App {
  const app = new App({ skipValidation: true, ...config });
  aim(app, target);
  buildAll(app, build, environments);
  linkStacks(app);
  const problems = validationProblems(app);
  if (problems.length > 0) throw new InvalidInput([{ subject: "the workspace", problems }]);
  app.synth();
  return app;
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
  const stacks = app.node.children.filter((child) => child instanceof WorkspaceStack);
  for (const stack of stacks) {
    for (const id of stack.producers) {
      const producer = stacks.find((other) => other.node.id === id);
      if (producer !== undefined) stack.addDependency(producer);
    }
  }
}

/** cdktf itself validates each stack just before it writes it, so the second one's problem would find the first one written. */
function validationProblems(app: App): { path: string; message: string }[] {
  return app.node
    .findAll()
    .flatMap((construct: IConstruct) => construct.node.validate().map((message) => ({ path: "", message })));
}
