/** @import { ProjectGraph } from "nx/src/devkit-exports" */
import { execFile } from "node:child_process";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { createProjectGraphAsync } from "nx/src/project-graph/project-graph";
import { filterAffected } from "nx/src/project-graph/affected/affected-project-graph";
import { calculateFileChanges } from "nx/src/project-graph/file-utils";

// A program of its own, for nx takes its repository from the folder that it is started in, once. It makes one graph, and reads from its
// standard input the commits to compare with HEAD, as JSON; it prints by commit the projects that are touched since then.

/**
 * What no stack is made of, though it lies in a project's folder, or a target of every project reads it: texts, tests, and what the
 * checks go by. nx.json leaves the same out of `production`, which a synth is cached by.
 */
const NOT_DEPLOYED = [
  /\.md$/,
  /\.test(-d)?\.ts$/,
  /(^|\/)__snapshots__\//,
  /^packages\/.*\/?src\/testing\//,
  /(^|\/)vitest\.[\w.]+\.mjs$/,
  /^(eslint\.config\.mjs|\.oxlintrc\.json|\.prettierrc\.json|\.prettierignore|knip\.json)$/,
  /^tools\/lint\//,
];

/** Files of which nx compares the contents, not only whether they changed. */
const COMPARED = /\.(json|ya?ml|lock)$/;

/** How many of Git's programs run at once. */
const AT_ONCE = 8;

const MEGABYTE = 1024 * 1024;

/** @typedef {{ readonly file: string, readonly before: string }} Changed a file, and the blob that it was */

/** @param {string} commit @returns {Promise<Changed[]>} */
async function changedSince(commit) {
  const args = ["diff", "--raw", "--no-renames", "--no-abbrev", "-z", commit, "HEAD"];
  const { stdout } = await promisify(execFile)("git", args, { maxBuffer: 64 * MEGABYTE });
  // `:100644 100644 <before> <after> M\0<file>\0`
  const parts = stdout.split("\0");
  return parts.flatMap((meta, at) => {
    const file = parts[at + 1];
    if (!meta.startsWith(":") || file === undefined) return [];
    const isDeployed = !NOT_DEPLOYED.some((pattern) => pattern.test(file));
    return isDeployed ? { file, before: meta.split(" ")[2] ?? "" } : [];
  });
}

/** @param {ProjectGraph} graph @param {readonly Changed[]} changed @param {string} base @returns {Promise<string[]>} */
async function touched(graph, changed, base) {
  if (changed.length === 0) return [];
  const files = changed.map(({ file }) => file);
  const changes = calculateFileChanges(files, /** @type {any} */ ({ base, head: "HEAD" }));
  return Object.keys((await filterAffected(graph, changes)).nodes).sort();
}

/** @template One, Result @param {readonly One[]} all @param {(one: One) => Promise<Result>} work @returns {Promise<Result[]>} */
async function someAtOnce(all, work) {
  /** @type {Result[]} */
  const results = [];
  const rest = all.entries();
  const worker = async () => {
    for (const [at, one] of rest) results[at] = await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

const graph = await createProjectGraphAsync();
/** @type {readonly string[]} */
const commits = JSON.parse(await text(process.stdin));
const all = await someAtOnce(commits, changedSince);
// Most commits of many differ from HEAD in the same.
/** @type {Map<string, string[]>} */
const known = new Map();
/** @type {Record<string, readonly string[]>} */
const found = {};
for (const [at, commit] of commits.entries()) {
  const changed = all[at] ?? [];
  const key = JSON.stringify(changed.map(({ file, before }) => [file, COMPARED.test(file) ? before : ""]));
  const projects = known.get(key) ?? (await touched(graph, changed, commit));
  known.set(key, projects);
  found[commit] = projects;
}
process.stdout.write(JSON.stringify(found), () => process.exit(0));
