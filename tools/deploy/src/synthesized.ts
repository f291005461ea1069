import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { environmentNamed } from "@demarc/shared/environment";
import { atOnce } from "./at-once";
import { StackGraph, type SynthesizedProject } from "./graph";
import type { Project } from "./projects";
import { outdirOf } from "./run";
import type { Setting } from "./setting";
import { synthesizedStacks } from "./stacks";
import { synthesizeProject } from "./synth";

/**
 * Synthesizes projects, each into a folder of this run alone, and does something with all their stacks. The folders stay where that
 * fails: a state that could not be saved is there, and a lock is released there.
 * @returns exit code; 1 where any project is not valid
 */
export async function withGraph(
  projects: readonly Project[],
  environment: string,
  setting: Setting,
  act: (graph: StackGraph) => Promise<number>,
): Promise<number> {
  const found = await atOnce(projects, async (project) => {
    const synthesized: SynthesizedProject[] = [];
    await withFolder(project, environment, setting, (checked) => {
      synthesized.push({ project, checked, stacks: synthesizedStacks(checked) });
    });
    return synthesized;
  });
  const synthesized = found.flat();
  // Each was synthesized, whatever is wrong with those before it: all of that is told at once.
  if (synthesized.length < projects.length) {
    forget(synthesized);
    return 1;
  }
  const code = await act(new StackGraph(environmentNamed(environment, setting.environments), synthesized));
  if (code === 0) forget(synthesized);
  return code;
}

/** Takes away the folders of what nothing more is done with. */
export function forget(projects: readonly SynthesizedProject[]): void {
  for (const { checked } of projects) rmSync(checked, { recursive: true, force: true });
}

/** Synthesizes a project. @param environment @default all of them. @returns exit code */
export async function synth(project: Project, environment: string | undefined, setting: Setting): Promise<number> {
  return withFolder(project, environment, setting, (checked) => {
    for (const { id } of synthesizedStacks(checked))
      setting.say(`${id}: ${path.relative(process.cwd(), path.join(outdirOf(project), "stacks", id))}`);
    rmSync(checked, { recursive: true });
  });
}

/** @param environment @default all of them. @returns exit code */
async function withFolder(
  project: Project,
  environment: string | undefined,
  setting: Setting,
  act: (checked: string) => void,
): Promise<number> {
  // It is made when the synth has ended, by a name that nobody knows before.
  const checked = path.join(setting.home, `${project.name}-${randomUUID()}`);
  let synthesized = false;
  try {
    synthesized = await synthesizeProject(project, { ...setting, environment, outdir: outdirOf(project), checked });
  } finally {
    if (!synthesized) rmSync(checked, { recursive: true, force: true });
  }
  if (!synthesized) return 1;
  act(checked);
  return 0;
}
