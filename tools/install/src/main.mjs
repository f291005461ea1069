/**
 * Makes sure that what the repository's scripts need is installed: the first step of each of them. It may use nothing but
 * Node itself, and no syntax that an old one cannot parse, or it could not say that it is too old. All that it says goes to stderr:
 * stdout is the script's own, which a shell may evaluate (`sandbox -- env`).
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, URL } from "node:url";
import { isCurrent } from "./lock-file.mjs";
import { isSupported } from "./node-version.mjs";

const PROGRESS_SECONDS = 10;
const root = fileURLToPath(new URL("../../..", import.meta.url));

process.exitCode = await main();

async function main() {
  const { node } = readJson("package.json").engines;
  if (!isSupported(process.version, node)) {
    console.error(
      `This is Node ${process.version}, but ${node} is needed. Install one of those and run the command again.`,
    );
    return 1;
  }
  const installed = "node_modules/.package-lock.json";
  const lock = readJson("package-lock.json");
  if (existsSync(path.join(root, installed)) && isCurrent(readJson(installed), lock)) return 0;

  console.error(
    `Installing ${String(Object.keys(lock.packages).length)} packages with npm ci: node_modules does not fit package-lock.json.`,
  );
  const code = await install();
  if (code === 0) console.error("Packages are installed.");
  else console.error(`npm ci failed with exit code ${String(code)}, for the reason above. Nothing else was run.`);
  return code;
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(path.join(root, file), "utf8"));
}

/** @returns {Promise<number>} exit code of npm */
function install() {
  const start = Date.now();
  const progress = setInterval(() => {
    console.error(`  still installing, ${String(Math.round((Date.now() - start) / 1000))} s`);
  }, PROGRESS_SECONDS * 1000);
  // Under `npm run` it is the npm that runs us, which need not be the one on PATH.
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm === undefined ? ["npm", "ci"] : [process.execPath, npm, "ci"];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ["inherit", process.stderr, "inherit"] });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  }).finally(() => clearInterval(progress));
}
