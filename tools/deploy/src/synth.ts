import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { RegisteredApp } from "@demarc/shared/apps";
import { type Environment, environmentNamed, InvalidInput } from "@demarc/shared/environment";
import { ENVIRONMENT_VARIABLE, targetIn } from "@demarc/shared/stack";
import type { Project } from "./projects";
import { synthVariables } from "./synth-variables";
import { takeWritten } from "./written";

export interface SynthOptions {
  /** Environment whose stacks are synthesized. @default all of them */
  readonly environment?: string | undefined;
  /** Absolute path of the folder that the stacks are written to. */
  readonly outdir: string;
  /** Absolute path of the folder that is deployed from: made anew, with what was checked and nothing else. */
  readonly checked: string;
  /** Those that there are. */
  readonly environments: readonly Environment[];
  /** Apps that are registered. */
  readonly apps: readonly RegisteredApp[];
  /** Environment variables of which a synth gets those that hold no credentials. */
  readonly variables: NodeJS.ProcessEnv;
}

/**
 * Synthesizes a project by running its app, as cdktf does, but without cdktf's own second and with the app's errors as they are:
 * they go to this process's stderr. Where the input is not valid, nothing is written. What was written is copied and checked again,
 * here, where none of the project's code runs.
 * @returns whether it was synthesized, and may be deployed
 */
export async function synthesizeProject(project: Project, options: SynthOptions): Promise<boolean> {
  const { environment = "", outdir, variables } = options;
  // cdktf makes the folder itself, but none above it.
  mkdirSync(path.dirname(outdir), { recursive: true });
  const child = spawn(project.app, {
    cwd: project.directory,
    shell: true,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...synthVariables(variables),
      CDKTF_OUTDIR: outdir,
      CDKTF_CONTEXT_JSON: JSON.stringify(project.context),
      [ENVIRONMENT_VARIABLE]: environment,
    },
  });
  const done = await new Promise<boolean>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === 0));
  });
  return done && mayBeDeployed(project, options);
}

function mayBeDeployed(project: Project, options: SynthOptions): boolean {
  const { environment, environments: all, apps, outdir, checked, variables } = options;
  const environments = environment === undefined ? all : [environmentNamed(environment, all)];
  const problems = takeWritten({ project, outdir, checked, target: targetIn(variables), environments, apps });
  if (problems.length === 0) return true;
  const report = {
    subject: `what ${project.name} wrote`,
    problems: problems.map((message) => ({ path: "", message })),
  };
  console.error(new InvalidInput([report]).message);
  return false;
}
