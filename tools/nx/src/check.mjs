/** @import { ExecutorContext } from "nx/src/devkit-exports" */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { delimiter, join } from "node:path";

/**
 * What a target is checked by: programs with their arguments. Each is called at the root of the repository, and gets the folders of
 * projects as its last arguments.
 *
 * @typedef {{ readonly programs: readonly (readonly string[])[] }} CheckOptions
 */
/** @typedef {{ readonly tasks: Readonly<Record<string, { readonly id: string, readonly target: { readonly project: string } }>> }} Tasks */
/** @typedef {{ readonly passes: boolean, readonly output: string }} Outcome */
/** @typedef {{ readonly success: boolean, readonly terminalOutput: string, readonly startTime: number, readonly endTime: number }} TaskResult */

/**
 * Checks many projects at once. Each program is started once for all of them: its start, and what all projects share, take most of
 * its time. Where it finds a fault, it runs again for each project alone: a result is always what the project's own check gives.
 *
 * @param {Tasks} graph
 * @param {Readonly<Record<string, CheckOptions>>} options by id of the task
 * @param {unknown} _
 * @param {ExecutorContext} context
 * @returns {AsyncGenerator<{ task: string, result: TaskResult }>}
 */
export async function* checkAll(graph, options, _, context) {
  const startTime = Date.now();
  for (const own of Object.values(options)) takesNothingElse(own);
  const tasks = Object.values(graph.tasks).map(({ id, target }) => ({ id, folder: folderOf(target.project, context) }));
  /** @param {string} id */
  const programsOf = (id) => options[id]?.programs ?? [];
  const programs = new Map(
    tasks.flatMap(({ id }) => programsOf(id)).map((program) => [JSON.stringify(program), program]),
  );
  const checked = await besideEachOther([...programs], async ([key, program]) => {
    const its = tasks.filter(({ id }) => programsOf(id).some((own) => JSON.stringify(own) === key));
    const outcomes = await checkFolders(
      program,
      its.map(({ folder }) => folder),
      context.root,
    );
    return its.map(({ id }, index) => ({ id, outcome: outcomes[index] }));
  });
  const endTime = Date.now();
  for (const { id } of tasks) {
    const outcomes = checked.flat().flatMap((each) => (each.id === id && each.outcome ? [each.outcome] : []));
    const success = outcomes.every(({ passes }) => passes);
    yield {
      task: id,
      result: { success, terminalOutput: outcomes.map(({ output }) => output).join(""), startTime, endTime },
    };
  }
}

/**
 * Checks one project, where nx is told to run each task by itself.
 *
 * @param {CheckOptions} options
 * @param {ExecutorContext} context
 * @returns {Promise<{ success: boolean }>}
 */
export async function checkOne(options, context) {
  const id = context.projectName ?? "";
  const graph = { tasks: { [id]: { id, target: { project: id } } } };
  let success = false;
  for await (const { result } of checkAll(graph, { [id]: options }, {}, context)) {
    process.stdout.write(result.terminalOutput);
    success = result.success;
  }
  return { success };
}

/**
 * What follows the target on nx's command line is not for several programs at once.
 *
 * @param {CheckOptions} options
 */
function takesNothingElse({ programs, ...others }) {
  const names = Object.keys(others).map((name) => (name === "_" ? "further arguments" : `--${name}`));
  if (names.length === 0) return;
  const called = programs.map((program) => `  npx ${program.join(" ")} <folder>`).join("\n");
  throw new Error(`A check takes no ${names.join(", ")}. Call its programs, at the root of the repository:\n${called}`);
}

/** @param {string} project @param {ExecutorContext} context */
function folderOf(project, { projectsConfigurations }) {
  const configuration = projectsConfigurations.projects[project];
  if (configuration === undefined) throw new Error(`There is no project "${project}".`);
  return configuration.root;
}

/**
 * @param {readonly string[]} program
 * @param {readonly string[]} folders
 * @param {string} root
 * @returns {Promise<readonly Outcome[]>} of each folder
 */
async function checkFolders(program, folders, root) {
  const started = Date.now();
  const together = await run(program, folders, root);
  const outcomes =
    together.passes || folders.length === 1
      ? folders.map(() => together)
      : await besideEachOther(folders, (folder) => run(program, [folder], root));
  const faulty = outcomes.filter(({ passes }) => !passes).length;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${program[0]}: ${folders.length} checked, ${faulty} with faults (${seconds} s)`);
  return outcomes;
}

/**
 * @param {readonly string[]} program
 * @param {readonly string[]} folders
 * @param {string} root
 * @returns {Promise<Outcome>} with what the program printed, where it does not pass
 */
function run([command = "", ...args], folders, root) {
  const PATH = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args, ...folders], { cwd: root, env: { ...process.env, PATH } });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", reject);
    child.on("close", (code) => resolve(code === 0 ? { passes: true, output: "" } : { passes: false, output }));
  });
}

/**
 * Works on a list, on as many of its items at a time as there are processors.
 *
 * @template T, R
 * @param {readonly T[]} list
 * @param {(item: T) => Promise<R>} work
 * @returns {Promise<R[]>} in the list's order
 */
async function besideEachOther(list, work) {
  /** @type {R[]} */
  const results = [];
  const rest = list.entries();
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
