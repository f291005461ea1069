import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  atOnce,
  deployableProjects,
  type Project,
  Refusal,
  synthesizedStacks,
  synthesizeProject,
} from "@demarc/deploy";
import type { RegisteredApp } from "@demarc/shared/apps";
import type { Environment } from "@demarc/shared/environment";
import { SANDBOX_VARIABLE, TARGET_VARIABLE } from "@demarc/shared/stack";
import { part, type WrittenStack } from "./written";

/** What is synthesized. */
export interface Synthesis {
  /** The repository. */
  readonly root: string;
  /** Environments that stacks are synthesized of: all, or one. */
  readonly environments: readonly Environment[];
  /** The one of them. @default all */
  readonly environment?: string | undefined;
  readonly apps: readonly RegisteredApp[];
  readonly variables: NodeJS.ProcessEnv;
}

/** Variables that aim a synth at a sandbox: what is inspected is what would be deployed to AWS. */
const TARGETS = [SANDBOX_VARIABLE, TARGET_VARIABLE];

/**
 * Synthesizes all workspaces, as a deploy does, checks included, and keeps nothing but what it returns.
 * @throws Refusal that names the workspaces which do not synthesize; what is wrong with them has been printed
 */
export async function synthesizeAll(synthesis: Synthesis): Promise<WrittenStack[]> {
  const home = mkdtempSync(path.join(tmpdir(), "demarc-inspect-"));
  try {
    const written = await atOnce(
      deployableProjects(synthesis.root),
      async (project) => [project, await stacksOf(project, home, synthesis)] as const,
    );
    const failed = written.flatMap(([{ name }, stacks]) => (stacks === undefined ? [name] : []));
    if (failed.length > 0) throw new Refusal([`${failed.sort().join(", ")}: no synth, for the reasons above.`]);
    return written.flatMap(([, stacks = []]) => stacks).sort((one, other) => one.id.localeCompare(other.id));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** @returns undefined where the project is not valid */
async function stacksOf(project: Project, home: string, synthesis: Synthesis): Promise<WrittenStack[] | undefined> {
  const { environments, environment, apps, variables } = synthesis;
  const checked = path.join(home, "checked", project.name);
  const real = Object.fromEntries(Object.entries(variables).filter(([name]) => !TARGETS.includes(name)));
  const done = await synthesizeProject(project, {
    ...{ environment, environments, apps, variables: real },
    ...{ outdir: path.join(home, "written", project.name), checked },
  });
  if (!done) return undefined;
  return synthesizedStacks(checked).map(({ id, directory }) => {
    const json: unknown = JSON.parse(readFileSync(path.join(directory, "cdk.tf.json"), "utf8"));
    return { id, json: part(json) };
  });
}
