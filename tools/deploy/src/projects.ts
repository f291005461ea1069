import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { InvalidInput } from "@demarc/shared/environment";
import type { WorkspaceKind } from "@demarc/shared/workspace";
import { z } from "zod";

/** A workspace or app that is deployed on its own: a folder with a cdktf.json. */
export interface Project {
  /** Name of its folder, and of its nx project. */
  readonly name: string;
  readonly kind: WorkspaceKind;
  /** Absolute path. */
  readonly directory: string;
  /** Command that synthesizes it. */
  readonly app: string;
  readonly context: Readonly<Record<string, unknown>>;
}

const manifest = z.object({ app: z.string(), context: z.record(z.string(), z.unknown()).default({}) });

/**
 * Every deployable project, in the order in which they are deployed: infra, k8s-platform, then the apps.
 * @param root the repository
 */
export function deployableProjects(root: string): Project[] {
  const apps = path.join(root, "packages/apps");
  const folders: [WorkspaceKind, string][] = [
    ["infra", path.join(root, "packages/infra")],
    ["k8s-platform", path.join(root, "packages/k8s-platform")],
    ...(existsSync(apps) ? readdirSync(apps).sort() : []).map((app): [WorkspaceKind, string] => [
      "apps",
      path.join(apps, app),
    ]),
  ];
  return folders.flatMap(([kind, directory]) => {
    const file = path.join(directory, "cdktf.json");
    if (!existsSync(file)) return [];
    const { app, context } = manifest.parse(JSON.parse(readFileSync(file, "utf8")));
    return [{ name: path.basename(directory), kind, directory, app, context }];
  });
}

/** @throws InvalidInput that names the known projects, where there is none of that name */
export function projectNamed(projects: readonly Project[], name: string): Project {
  const found = projects.find((project) => project.name === name);
  if (found !== undefined) return found;
  const known = projects.map((project) => project.name).join(", ");
  const message = `there is no project of that name with a cdktf.json; known are: ${known}`;
  throw new InvalidInput([{ subject: `project "${name}"`, problems: [{ path: "", message }] }]);
}

/** Those projects, in their order. @throws InvalidInput likewise */
export function projectsNamed(projects: readonly Project[], names: readonly string[]): Project[] {
  const found = names.map((name) => projectNamed(projects, name));
  return projects.filter((project) => found.includes(project));
}
