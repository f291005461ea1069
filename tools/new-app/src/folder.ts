import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { index } from "@demarc/generate/src/indexes";
import type { NewApp } from "./request";

const TEMPLATE = path.resolve(__dirname, "../template");

/**
 * Makes the app's folder from the template, with settings for each environment. It appears as a whole or not at all: what
 * is unfinished lies in node_modules, which nobody reads from and the next run clears.
 * @param root the repository
 * @returns the folder, relative to the repository
 */
export function makeFolder(root: string, app: NewApp, environments: readonly string[]): string {
  const folder = `packages/apps/${app.name}`;
  const draft = path.join(root, "node_modules/.demarc-new-app");
  rmSync(draft, { recursive: true, force: true });
  cpSync(TEMPLATE, draft, { recursive: true });
  fillIn(draft, app);
  writeSettings(path.join(draft, "src/settings"), folder, environments);
  mkdirSync(path.join(root, "packages/apps"), { recursive: true });
  renameSync(draft, path.join(root, folder));
  return folder;
}

/** The template is an app itself, by name and team: they are put in everywhere. */
function fillIn(draft: string, { name, team }: NewApp): void {
  for (const entry of readdirSync(draft, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll("template-app", name).replaceAll("template-team", team));
  }
}

function writeSettings(settings: string, folder: string, environments: readonly string[]): void {
  const example = path.join(settings, "example.ts");
  for (const environment of environments) cpSync(example, path.join(settings, `${environment}.ts`));
  rmSync(example);
  writeFileSync(path.join(settings, "index.ts"), index(`${folder}/src/settings`, [...environments].sort()).content);
}
