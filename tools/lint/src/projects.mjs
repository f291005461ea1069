import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * A package of the repository.
 *
 * @typedef {object} Project
 * @property {string} folder from the root, such as "packages/apps/petstore"
 * @property {string} packageName such as "@demarc/petstore"
 * @property {"shared" | "workspace" | "tool"} kind
 */

/**
 * Every package of the repository, read from disk: a boundary must hold on a fresh clone too, where nx has no project graph
 * and its own boundary rule says nothing but a warning.
 *
 * @param {string} root
 * @returns {Project[]}
 */
export function projectsIn(root) {
  return ["packages", "packages/apps", "tools"].flatMap((parent) =>
    entriesOf(path.join(root, parent)).flatMap((name) => {
      const folder = `${parent}/${name}`;
      const manifest = path.join(root, folder, "package.json");
      return existsSync(manifest) ? [{ folder, packageName: packageNameIn(manifest), kind: kindOf(folder) }] : [];
    }),
  );
}

/** @param {string} folder */
function entriesOf(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** @param {string} manifest @returns {string} */
function packageNameIn(manifest) {
  return JSON.parse(readFileSync(manifest, "utf8")).name;
}

/** @param {string} folder @returns {Project["kind"]} */
function kindOf(folder) {
  if (folder.startsWith("tools/")) return "tool";
  return folder === "packages/shared" ? "shared" : "workspace";
}
