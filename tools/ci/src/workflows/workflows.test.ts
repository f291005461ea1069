import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { commandOf } from "../command";

const ROOT = path.resolve(__dirname, "../../../..");
const WORKFLOWS = path.join(ROOT, ".github/workflows");

const step = z.object({ uses: z.string().optional(), run: z.string().optional() });
const job = z.object({
  permissions: z.record(z.string(), z.string()),
  environment: z.string().optional(),
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.boolean() }).optional(),
  strategy: z.object({ matrix: z.record(z.string(), z.unknown()) }).optional(),
  steps: z.array(step),
});
const workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), job),
});

const texts = Object.fromEntries(
  readdirSync(WORKFLOWS).map((file) => [file, readFileSync(path.join(WORKFLOWS, file), "utf8")]),
);
const workflows = Object.fromEntries(
  Object.entries(texts).map(([file, text]) => [path.parse(file).name, workflow.parse(parse(text))]),
);
const actions = [...Object.values(texts), readFileSync(path.join(ROOT, ".github/actions/set-up/action.yml"), "utf8")];
const jobs = Object.values(workflows).flatMap((one) => Object.values(one.jobs));

it("no workflow has a right that a job does not ask for, and none runs a fork's code with rights", () => {
  expect(Object.values(workflows).filter(({ permissions }) => Object.keys(permissions).length > 0)).toEqual([]);
  expect(Object.values(workflows).flatMap(({ on }) => Object.keys(on))).not.toContain("pull_request_target");
});

it("a job gets tokens in an environment of GitHub's alone, by which AWS knows it, and writes nothing else", () => {
  for (const { permissions, environment } of jobs) {
    expect(permissions["id-token"] === "write").toBe(environment !== undefined);
    const written = Object.keys(permissions).filter((name) => permissions[name] === "write");
    expect(written.length).toBeLessThanOrEqual(1);
  }
  expect(workflows["deploy"]?.jobs["apply"]?.environment).toBe("${{ matrix.environment }}");
  const planning = jobs.flatMap(({ environment }) => environment ?? []).filter((name) => name.endsWith("-plan"));
  expect(planning).toHaveLength(3);
});

it("no deploy is ended by another one, and one at a time is made of an environment", () => {
  expect(workflows["deploy"]?.jobs["apply"]?.concurrency).toEqual({
    group: "deploy-${{ matrix.environment }}",
    "cancel-in-progress": false,
  });
});

it("each action is of one commit, with its version beside it", () => {
  const used = actions.flatMap((text) => text.match(/uses: .*/g) ?? []).filter((line) => !line.includes("./"));
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

it("no program is told by an expression what to do: what others wrote comes by variables", () => {
  expect(jobs.flatMap(({ steps }) => steps).filter(({ run = "" }) => run.includes("${{"))).toEqual([]);
});

it("takes environments from what a command told: each fork has its own", () => {
  const inEnvironments = jobs.filter(({ environment }) => environment !== undefined);
  for (const { environment, strategy } of inEnvironments) {
    expect(environment).toMatch(/^\$\{\{ matrix\.environment \}\}(-plan)?$/);
    expect(Object.values(strategy?.matrix ?? {})).toEqual([
      expect.stringMatching(/^\$\{\{ fromJSON\(needs\.\w+\.outputs\.\w+\) \}\}$/),
    ]);
  }
  expect(inEnvironments).toHaveLength(4);
});

it("calls commands that there are", () => {
  const given: Record<string, string> = { BASE: "main", ENVIRONMENT: "dev", DIGEST: "0".repeat(64) };
  const called = jobs
    .flatMap(({ steps }) => steps)
    .flatMap(({ run = "" }) => [...run.matchAll(/npm run (?:--silent )?ci -- ([^|>\n)]+)/g)])
    .map(([, line = ""]) =>
      line
        .replace(/\$\{\w+:\+(.*?)\}/g, "$1")
        .replace(/"\$(\w+)"/g, (_, name: string) => given[name] ?? "")
        .trim()
        .split(/ +/),
    );
  expect(called.length).toBeGreaterThan(8);
  for (const args of called) expect(() => commandOf(args)).not.toThrow();
});

it("no job runs what a package, or an app, has to be run when it is installed", () => {
  const installs = actions.flatMap((text) =>
    [...text.matchAll(/\bnpm (ci|i|install)\b(.*)/g)].map(([, , rest]) => rest),
  );
  expect(installs).toEqual([" --ignore-scripts"]);
});
