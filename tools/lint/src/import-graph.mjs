import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** What each file imports, by its path; read anew when the file has changed. @type {Map<string, { changed: number, imports: readonly string[] }>} */
const known = new Map();

/** Files that a module's name may stand for, as TypeScript looks for them. */
const ENDINGS = ["", ".ts", ".mjs", "/index.ts"];

/**
 * The file that a relative import leads to.
 *
 * @param {string} module such as "./stack" @param {string} file where it is imported, absolute
 * @returns {string | undefined} absolute; undefined for a package, or where there is no such file
 */
export function importedFile(module, file) {
  if (!module.startsWith(".")) return undefined;
  const target = path.resolve(path.dirname(file), module);
  return ENDINGS.map((ending) => target + ending).find(
    (candidate) => existsSync(candidate) && statSync(candidate).isFile(),
  );
}

/**
 * The way by imports, those of types included, from one file to another.
 *
 * @param {string} from absolute @param {string} to absolute
 * @returns {readonly string[] | undefined} every file on it, both ends included; undefined where none leads there
 */
export function importPath(from, to) {
  /** @type {string[][]} */
  const open = [[from]];
  const seen = new Set([from]);
  for (let way = open.shift(); way !== undefined; way = open.shift()) {
    const last = way[way.length - 1] ?? from;
    if (last === to) return way;
    for (const next of importsOf(last)) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push([...way, next]);
    }
  }
  return undefined;
}

/** @param {string} file @returns {readonly string[]} */
function importsOf(file) {
  const changed = statSync(file).mtimeMs;
  const found = known.get(file);
  if (found?.changed === changed) return found.imports;
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, false);
  const imports = importedFiles.flatMap(({ fileName }) => importedFile(fileName, file) ?? []);
  known.set(file, { changed, imports });
  return imports;
}
