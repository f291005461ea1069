import path from "node:path";
import ts from "typescript";

/** Of a folder, module and compiler options: the same packages are imported by many files. @type {Map<string, string | undefined>} */
const known = new Map();

/**
 * The file that TypeScript, and tsx with it, takes for a module that is no relative path, links followed.
 *
 * @param {string} module such as "@demarc/shared/arn", "#alias" @param {string} file where it is imported, absolute
 * @param {ts.CompilerOptions} options of the file's project
 * @returns {string | undefined} absolute; undefined where there is none
 */
export function resolvedFile(module, file, options) {
  const { configFilePath = "" } = options;
  const key = [String(configFilePath), path.dirname(file), module].join("\0");
  if (!known.has(key)) known.set(key, resolve(module, file, options));
  return known.get(key);
}

/** @param {string} module @param {string} file @param {ts.CompilerOptions} options */
function resolve(module, file, options) {
  const bundler = { moduleResolution: ts.ModuleResolutionKind.Bundler, ...options };
  return ts.resolveModuleName(module, file, bundler, ts.sys).resolvedModule?.resolvedFileName;
}
