import { cpSync, existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { registry } from "@demarc/generate/src/apps";
import { write } from "@demarc/generate/src/artifact";
import { indexes } from "@demarc/generate/src/indexes";
import { makeFolder } from "@demarc/new-app/src/folder";
import { TemporaryRepository } from "@demarc/nx/src/testing/repository";
import type { Company } from "./company";

const COPIED = [
  ...["package.json", "package-lock.json", "tsconfig.base.json", "nx.json", "CODEOWNERS", "docs", "packages", "tools"],
  ...["vitest.config.base.mjs", "vitest.setup.mjs", "eslint.config.mjs", ".gitignore"],
];

/** States in a folder: what reads them is measured, and not how far AWS is. */
const STATE = { kind: "local", directory: ".state" } as const;

const ENVIRONMENTS = "packages/shared/src/environment/environments";

/**
 * A copy of this repository that has the company's environments and apps beside its own apps, and no others. The registry of apps
 * and the indexes are current, and nothing else that is generated is.
 * @param model name of the environment whose settings all of them get
 */
export function repositoryOf({ environments, apps }: Company, model: string): TemporaryRepository {
  const repository = new TemporaryRepository(COPIED);
  const { root } = repository;
  for (const workspace of workspacesOf(root)) {
    const settings = path.join(workspace, "src/settings");
    const own = path.join(root, settings, `${model}.ts`);
    for (const { name } of environments) cpSync(own, path.join(root, settings, `${name}.ts`));
  }
  for (const { name } of [...readdirSync(path.join(root, ENVIRONMENTS))].map((file) => path.parse(file)))
    if (name !== "index") removeEnvironment(repository, name);
  for (const environment of environments)
    repository.write({
      [`${ENVIRONMENTS}/${environment.name}.ts`]: `export default ${JSON.stringify({ ...environment, state: STATE })};\n`,
    });
  const names = environments.map(({ name }) => name);
  for (const app of apps) makeFolder(root, app, names);
  for (const folder of ["packages", "packages/apps", "tools"]) linkPackages(repository, folder);
  write(root, [registry(root), ...indexes(root)]);
  return repository;
}

/** Records that all is deployed everywhere: the workspaces from the first commit, each app from one that followed it. */
export function recordDeploys(repository: TemporaryRepository, { environments, apps }: Company): void {
  repository.write({ ".gitignore": `${repository.read(".gitignore")}${STATE.directory}/\n` });
  const head = () => repository.mustRun("git", "rev-parse", "HEAD").trim();
  repository.commit();
  const first = head();
  const of: Record<string, string> = {};
  for (const workspace of workspacesOf(repository.root)) of[path.basename(workspace)] = first;
  for (const { name } of apps.slice(0, FOLLOWED)) {
    changeApp(repository, name, "deployed");
    of[name] = head();
  }
  for (const { name: environment } of environments) {
    for (const [project, commit] of Object.entries(of)) {
      const stacks = { [`${environment}-${project}`]: { commit, at: "2026-01-02T03:04:05Z", by: "arn" } };
      repository.write({ [`${STATE.directory}/deployed/${environment}/${project}.json`]: JSON.stringify({ stacks }) });
    }
  }
}

/** How many apps were deployed from commits of their own. */
const FOLLOWED = 20;

/** Commits a change of one app. */
export function changeApp(repository: TemporaryRepository, name: string, change = "changed"): void {
  const file = `packages/apps/${name}/src/app.ts`;
  repository.write({ [file]: `${repository.read(file)}// ${change}\n` });
  repository.commit();
}

function workspacesOf(root: string): string[] {
  const apps = readdirSync(path.join(root, "packages/apps")).map((app) => `packages/apps/${app}`);
  return ["packages/infra", "packages/k8s-platform", ...apps];
}

function removeEnvironment(repository: TemporaryRepository, name: string): void {
  repository.removeFile(`${ENVIRONMENTS}/${name}.ts`);
  for (const workspace of workspacesOf(repository.root)) repository.removeFile(`${workspace}/src/settings/${name}.ts`);
}

function linkPackages(repository: TemporaryRepository, folder: string): void {
  for (const name of readdirSync(path.join(repository.root, folder)))
    if (existsSync(path.join(repository.root, folder, name, "package.json")))
      repository.link(`@demarc/${name}`, `${folder}/${name}`);
}
