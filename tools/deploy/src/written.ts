import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { REGISTRY, type RegisteredApp } from "@demarc/shared/apps";
import { accountStackId, type Environment } from "@demarc/shared/environment";
import { isRecord } from "@demarc/shared/json";
import { type Target, type WorkspaceStackProps, writtenProblems } from "@demarc/shared/stack";
import { appWorkspace, infra, k8sPlatform, type Workspace } from "@demarc/shared/workspace";
import { z } from "zod";
import { copyStack } from "./copy";
import type { Project } from "./projects";
import type { Job } from "./schedule";

/** What a synth's manifest.json says of a stack. */
const entry = z.object({
  name: z.string(),
  synthesizedStackPath: z.string(),
  workingDirectory: z.string(),
  dependencies: z.array(z.string()).default([]),
});
type Entry = z.output<typeof entry>;

/** What a project's synth has left, and where what is deployed of it is put. */
export interface Written {
  readonly project: Project;
  /** Folder that the synth wrote into. */
  readonly outdir: string;
  /** Folder for what is deployed: made anew. The synth is not told of it. */
  readonly checked: string;
  readonly target: Target;
  /** Environments that the stacks may be of. */
  readonly environments: readonly Environment[];
  /** Apps that there are. */
  readonly apps: readonly RegisteredApp[];
}

/**
 * Copies what a synth has left to be deployed, and checks the copy: a synth checks its own stacks, but in the process of the
 * project's code, which could leave that check out, or write after it. cdktf runs in the copy, so nothing counts but what was
 * checked. Which stacks they may be is told by the project's folder, the registry of apps and the stack's id, and by nothing that
 * the project says.
 * @returns all that is wrong, a line each
 */
export function takeWritten({ project, outdir, checked, target, environments, apps }: Written): string[] {
  rmSync(checked, { recursive: true, force: true });
  mkdirSync(checked, { recursive: true, mode: 0o700 });
  const workspace = workspaceOf(project, apps);
  if (workspace === undefined) return [`${project.name} is not registered in ${REGISTRY}; run npm run generate`];
  const stacks = stacksIn(outdir);
  const ids = stacks.map(([id]) => id);
  const problems = stacks.flatMap(([id, said]) => {
    const stack = stackNamed(id, workspace, environments);
    if (stack === undefined) return [`${id}: ${project.name} has no such stack in any environment that was asked for`];
    const wrong = manifestProblems(id, said, ids);
    if (wrong.length > 0) return wrong;
    const folder = path.join(checked, "stacks", id);
    const unfit = copyStack(path.join(outdir, "stacks", id), folder);
    return unfit.length > 0 ? unfit : writtenProblems(folder, stack, target);
  });
  if (problems.length === 0) writeManifests(checked, project, stacks);
  return problems;
}

/** Every name counts that JSON can have, such as `__proto__`: cdktf would take it for a stack. */
function stacksIn(outdir: string): [id: string, said: Entry][] {
  const file = path.join(outdir, "manifest.json");
  if (!lstatSync(file).isFile()) throw new Error(`${file} is no file: synthesize again`);
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  const stacks = isRecord(manifest) ? manifest["stacks"] : undefined;
  if (!isRecord(stacks)) throw new Error(`${file} has no stacks: synthesize again`);
  return Object.entries(stacks).map(([id, said]) => [id, entry.parse(said)]);
}

function manifestProblems(id: string, said: Entry, ids: readonly string[]): string[] {
  const { name, synthesizedStackPath, workingDirectory, dependencies } = said;
  const folder = `stacks/${id}`;
  const unknown = dependencies.filter((dependency) => !ids.includes(dependency));
  return [
    ...(name === id ? [] : [`${id}: manifest.json calls it ${name}; a stack is called by its id: synthesize again`]),
    ...(synthesizedStackPath === `${folder}/cdk.tf.json` && workingDirectory === folder
      ? []
      : [`${id}: manifest.json says that it lies in ${workingDirectory}; a stack lies in ${folder}: synthesize again`]),
    ...unknown.map(
      (dependency) => `${id}: manifest.json says that it comes after ${dependency}, which is no stack of it`,
    ),
  ];
}

/** What cdktf reads: a manifest of the stacks that were checked, and a cdktf.json in place of the project's. */
function writeManifests(checked: string, project: Project, stacks: readonly (readonly [string, Entry])[]): void {
  writeOrder(
    checked,
    stacks.map(([id, { dependencies }]) => ({ id, after: dependencies })),
  );
  // Its app is never run, as all is synthesized.
  const settings = {
    language: "typescript",
    app: "false",
    projectId: `demarc-${project.name}`,
    sendCrashReports: "false",
  };
  write(checked, "cdktf.json", settings);
}

/** Tells cdktf which stacks there are in that folder, and the order between them. @param stacks those of `after` that are none are left out */
export function writeOrder(checked: string, stacks: readonly Job[]): void {
  const ids = new Set(stacks.map(({ id }) => id));
  const manifest = stacks.map(({ id, after }): [string, object] => {
    const folder = `stacks/${id}`;
    const place = { synthesizedStackPath: `${folder}/cdk.tf.json`, workingDirectory: folder };
    const dependencies = after.filter((one) => ids.has(one));
    return [id, { name: id, constructPath: id, ...place, annotations: [], dependencies }];
  });
  write(checked, "manifest.json", { stacks: Object.fromEntries(manifest) });
}

function write(folder: string, name: string, content: object): void {
  writeFileSync(path.join(folder, name), JSON.stringify(content, undefined, 2));
}

/** A project's workspace, by the folder that it lies in. @returns undefined for an app that nobody has registered */
function workspaceOf({ kind, name }: Project, apps: readonly RegisteredApp[]): Workspace | undefined {
  if (kind === "infra") return infra;
  if (kind === "k8s-platform") return k8sPlatform;
  const registered = apps.find((app) => app.name === name);
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
