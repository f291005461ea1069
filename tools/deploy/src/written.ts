import { readFileSync } from "node:fs";
import path from "node:path";
import { allApps, REGISTRY } from "@demarc/shared/apps";
import { accountStackId, allEnvironments, type Environment } from "@demarc/shared/environment";
import { appWorkspace, infra, k8sPlatform, type Workspace } from "@demarc/shared/workspace";
import { type Target, type WorkspaceStackProps, writtenProblems } from "@demarc/shared/stack";
import { z } from "zod";
import type { Project } from "./projects";

const manifest = z.object({
  stacks: z.record(z.string(), z.object({ synthesizedStackPath: z.string(), workingDirectory: z.string() })),
});

/**
 * All that is wrong with what a project's synth has left to be deployed, a line each. A synth checks its own stacks, but in the
 * process of the project's code, which could leave that check out, or write after it. Which stacks they may be is told by the
 * project's folder, the registry of apps and the stack's id, and by nothing that the project says.
 * @param environments of which they may be
 */
export function problemsOfWritten(
  outdir: string,
  project: Project,
  target: Target,
  environments: readonly Environment[] = allEnvironments(),
): string[] {
  const workspace = workspaceOf(project);
  if (workspace === undefined) return [`${project.name} is not registered in ${REGISTRY}; run npm run generate`];
  const { stacks } = manifest.parse(JSON.parse(readFileSync(path.join(outdir, "manifest.json"), "utf8")));
  return Object.entries(stacks).flatMap(([id, { synthesizedStackPath, workingDirectory }]) => {
    const stack = stackNamed(id, workspace, environments);
    if (stack === undefined) return [`${id}: ${project.name} has no such stack in any environment that was asked for`];
    const folder = `stacks/${id}`;
    if (synthesizedStackPath !== `${folder}/cdk.tf.json` || workingDirectory !== folder) {
      return [
        `${id}: manifest.json says that it lies in ${workingDirectory}; a stack lies in ${folder}: synthesize again`,
      ];
    }
    return writtenProblems(path.join(outdir, folder), stack, target);
  });
}

/** A project's workspace, by the folder that it lies in. @returns undefined for an app that nobody has registered */
function workspaceOf({ kind, name }: Project): Workspace | undefined {
  if (kind === "infra") return infra;
  if (kind === "k8s-platform") return k8sPlatform;
  const registered = allApps().find((app) => app.name === name);
  if (registered === undefined) return undefined;
  const { name: _, ...statement } = registered;
  return appWorkspace(name, statement);
}

/** Which stack of a workspace has that id. Where a cluster's and an environment's could, it is the cluster's. */
function stackNamed(
  id: string,
  workspace: Workspace,
  environments: readonly Environment[],
): WorkspaceStackProps | undefined {
  if (!/^[a-z0-9-]+$/.test(id)) return undefined;
  const account = environments.find((environment) => id === accountStackId(environment));
  if (account !== undefined) {
    return workspace === infra ? { workspace, environment: account, stack: "account", scope: "account" } : undefined;
  }
  const [place] = environments
    .flatMap((environment) => [
      { environment, prefix: `${environment.name}-` },
      ...Object.keys(environment.clusters).map((cluster) => ({
        environment,
        cluster,
        prefix: `${environment.name}-${cluster}-`,
      })),
    ])
    .filter(({ prefix }) => id.startsWith(prefix))
    .sort((one, other) => other.prefix.length - one.prefix.length);
  if (place === undefined) return undefined;
  const { prefix, ...where } = place;
  return { workspace, ...where, stack: id.slice(prefix.length) };
}
