import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";

/** Writes down how it was called. Finds a fault in each folder that has a file `fault`, and prints the folder's name. */
const PROGRAM = `
const { appendFileSync, existsSync } = require("node:fs");
const [name, ...folders] = process.argv.slice(2);
appendFileSync("calls.log", [name, ...folders].join(" ") + "\\n");
const faulty = folders.filter((folder) => existsSync(folder + "/fault-of-" + name));
console.log(name + " read " + folders.join(" "));
console.error(name + " finds faults in " + faulty.join(" "));
process.exitCode = faulty.length;
`;

const results = z.record(z.string(), z.object({ success: z.boolean(), terminalOutput: z.string() }));

/**
 * Runs a piece of a module where the projects a, b and c are checked: a and b by `lint` of two programs, c by `typecheck` of one.
 *
 * @param piece of code, which prints something of `checkAll`, `checkOne` and their arguments `graph`, `options` and `context`
 * @param faults files, such as "a/fault-of-eslint"
 * @param more options of lint beside its programs
 */
function run(piece: string, faults: readonly string[], more: object = {}) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "demarc-check-")));
  for (const folder of ["a", "b", "c"]) mkdirSync(path.join(root, folder));
  for (const file of ["calls.log", ...faults]) writeFileSync(path.join(root, file), "");
  writeFileSync(path.join(root, "program.cjs"), PROGRAM);
  const called = (name: string) => ["node", "program.cjs", name];
  const lint = { programs: [called("eslint"), called("prettier")], ...more };
  const typecheck = { programs: [called("tsc")] };
  const given = {
    graph: {
      tasks: { "a:lint": task("a", "lint"), "b:lint": task("b", "lint"), "c:typecheck": task("c", "typecheck") },
    },
    options: { "a:lint": lint, "b:lint": lint, "c:typecheck": typecheck },
    context: { root, projectsConfigurations: { projects: { a: { root: "a" }, b: { root: "b" }, c: { root: "c" } } } },
  };
  const program = `
    import { checkAll, checkOne } from ${JSON.stringify(path.join(__dirname, "check.mjs"))};
    const { graph, options, context } = ${JSON.stringify(given)};
    ${piece}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  const calls = readFileSync(path.join(root, "calls.log"), "utf8").trim().split("\n");
  return { status, stderr, calls: calls.sort(), said: stdout.trim().split("\n") };
}

/** Checks all projects at once. */
function checked(faults: readonly string[]) {
  const { calls, said } = run(
    `const results = {};
    for await (const { task, result } of checkAll(graph, options, {}, context)) results[task] = result;
    console.log(JSON.stringify(results));`,
    faults,
  );
  return { results: results.parse(JSON.parse(said.at(-1) ?? "")), calls, said: said.slice(0, -1) };
}

function task(project: string, target: string) {
  return { id: `${project}:${target}`, target: { project, target } };
}

it("starts each program once for all projects, and says when it is done", () => {
  const { results, calls, said } = checked([]);
  expect(calls).toEqual(["eslint a b", "prettier a b", "tsc c"]);
  const passes = { success: true, terminalOutput: "" };
  expect(results).toMatchObject({ "a:lint": passes, "b:lint": passes, "c:typecheck": passes });
  expect(said.sort()).toEqual([
    expect.stringMatching(/^node: 1 checked, 0 with faults \(\d+ s\)$/),
    expect.stringMatching(/^node: 2 checked, 0 with faults/),
    expect.stringMatching(/^node: 2 checked, 0 with faults/),
  ]);
});

it("tells a fault of one project as that project's, with all that its own check says", () => {
  const { results, calls, said } = checked(["b/fault-of-eslint", "b/fault-of-prettier", "a/fault-of-tsc"]);
  expect(results).toMatchObject({
    "a:lint": { success: true, terminalOutput: "" },
    "b:lint": {
      success: false,
      terminalOutput: ["eslint", "prettier"].map((name) => `${name} read b\n${name} finds faults in b\n`).join(""),
    },
    "c:typecheck": { success: true },
  });
  expect(calls).toEqual(["eslint a", "eslint a b", "eslint b", "prettier a", "prettier a b", "prettier b", "tsc c"]);
  expect(said.filter((line) => line.includes(": 2 checked, 1 with faults"))).toHaveLength(2);
});

it("checks one project alone, where nx runs each task by itself", () => {
  const one = `console.log(JSON.stringify(await checkOne(options["b:lint"], { ...context, projectName: "b" })));`;
  const { calls, said } = run(one, ["b/fault-of-prettier"]);
  expect(calls).toEqual(["eslint b", "prettier b"]);
  expect(said).toEqual(expect.arrayContaining(["prettier finds faults in b", '{"success":false}']));
  expect(run(one, ["a/fault-of-prettier"]).said).toContain('{"success":true}');
});

it.each([
  [{ fix: true }, "--fix"],
  [{ _: ["packages"] }, "further arguments"],
])("refuses %j, which would reach none of its programs", (more, named) => {
  const { status, stderr, calls } = run("await checkAll(graph, options, {}, context).next();", [], more);
  expect(status).toBe(1);
  expect(stderr).toContain(
    `A check takes no ${named}. Call its programs, at the root of the repository:\n  npx node program.cjs eslint <folder>`,
  );
  expect(calls).toEqual([""]);
});
