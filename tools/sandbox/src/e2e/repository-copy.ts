import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { HOME, ROOT } from "./programs";

const NOT_COPIED = /^(node_modules|cdktf\.out|coverage|\.nx|\.sandbox)$/;

/**
 * A repository like this one, in which a step may change what it likes. Its packages find each other, and not this repository's.
 * @param name of its folder in the test's sandbox
 * @returns its root
 */
export function repositoryCopy(name: string): string {
  const root = path.join(HOME, name);
  rmSync(root, { recursive: true, force: true });
  for (const part of ["packages", "tools", "nx.json", "package.json", "package-lock.json", "tsconfig.base.json"]) {
    cpSync(path.join(ROOT, part), path.join(root, part), {
      recursive: true,
      filter: (source) => !NOT_COPIED.test(path.basename(source)),
    });
  }
  const [from, to] = [path.join(ROOT, "node_modules"), path.join(root, "node_modules")];
  mkdirSync(to);
  for (const entry of readdirSync(from)) {
    // Links that npm made from a package's name to its folder, relative to where they stand.
    if (entry === "@demarc")
      cpSync(path.join(from, entry), path.join(to, entry), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(path.join(from, entry), path.join(to, entry));
  }
  return root;
}

/**
 * Puts in the place of infra's settings of an environment what is made of them, those of this repository each time.
 * @param make source of a function: it gets a copy of the settings, and changes it
 */
export function makeInfraSettings(root: string, environment: string, make: string): void {
  const folder = path.join(root, "packages/infra/src/settings");
  const [settings, kept] = [path.join(folder, `${environment}.ts`), path.join(folder, `${environment}-kept.ts`)];
  if (!existsSync(kept)) renameSync(settings, kept);
  writeFileSync(
    settings,
    `import kept from "./${environment}-kept";
const settings = structuredClone(kept) as Record<string, any>;
(${make})(settings);
export default settings as typeof kept;
`,
  );
}
