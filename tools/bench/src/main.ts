import { spawnSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { Argument, chosenBy, type Choose, type Command, program, runMain } from "@demarc/command";
import { deployableProjects } from "@demarc/deploy";
import { allEnvironments } from "@demarc/shared/environment";
import { type Measure, measure, type Run, summarize } from "./measure";
import { show, withUse } from "./show";
import { stackTimes } from "./stack-times";

const root = path.resolve(__dirname, "../../..");
const ENVIRONMENT = "dev";
const tsx = (file: string, ...args: string[]) => ({
  command: process.execPath,
  args: ["--import", "tsx", file, ...args],
});
const sandbox = (...args: string[]): Run => ({ ...tsx("tools/sandbox/src/main.ts", ...args), cwd: root });

const controlPlane: Run = { ...tsx("tools/sandbox/src/kubernetes/time-to-ready/main.ts"), cwd: root };

/** Runs of each synth: the middle one counts. */
const RUNS = 3;

/** Apps of all workspaces, run directly: every stack of one environment. */
function synths(environment: string): { name: string; run: Run }[] {
  return deployableProjects(root).map(({ name, directory }) => ({
    name: `${environment}: ${name}`,
    run: { ...tsx("src/main.ts"), cwd: directory, variables: { DEMARC_ENVIRONMENT: environment } },
  }));
}

/** Which part is measured. @default all but growth */
type Part = "synth" | "growth" | undefined;

function bench(choose: Choose<Part>): Command {
  return program("npm run bench --", "Measures how long things take on this machine.")
    .addArgument(
      new Argument(
        "[part]",
        `synth: that alone, ${String(RUNS)} runs of each workspace in each environment. growth: 10 environments and 100 apps. Without it: synth, a control plane and the sandbox, which is ended and begun anew`,
      ).choices(["synth", "growth"]),
    )
    .action((part: Part) => choose(part));
}

async function main(): Promise<number> {
  const part = chosenBy(bench, process.argv.slice(2));
  console.log(machine());
  if (part === "growth") return growth();
  for (const { name } of allEnvironments()) await timeSynths(name);
  if (part === "synth") return 0;
  await measure(sandbox("down"));
  show("control plane ready", await timesToReady());
  const up = await measure(sandbox("up", ENVIRONMENT));
  show("up from nothing", `${up.seconds.toFixed(1)} s`);
  for (const { stack, time } of stackTimes(up.printed)) show(`  ${stack}`, time);
  show("up with no change", `${(await measure(sandbox("up", ENVIRONMENT))).seconds.toFixed(1)} s`);
  show("plan with no change", `${(await measure(sandbox("plan", ENVIRONMENT))).seconds.toFixed(1)} s`);
  await timePlans(shellVariables((await measure(sandbox("env"))).printed));
  show("destroy", `${(await measure(sandbox("destroy", ENVIRONMENT))).seconds.toFixed(1)} s`);
  await measure(sandbox("down"));
  return 0;
}

/** Plans that are saved, as a team or its pipeline makes them: of all workspaces, and of one app. */
async function timePlans(variables: Readonly<Record<string, string>>): Promise<void> {
  const app = deployableProjects(root).find(({ kind }) => kind === "apps");
  for (const of of [[], app === undefined ? [] : [app.name]]) {
    const run = { ...tsx("tools/deploy/src/main.ts", "plan", ENVIRONMENT, ...of), cwd: root, variables };
    const runs: Measure[] = [];
    for (let i = 0; i < RUNS; i++) runs.push(await measure(run));
    const { fastest, median, slowest } = summarize(runs);
    show(
      `plan of ${of[0] ?? ENVIRONMENT}, saved`,
      `${median.toFixed(1)} s (${fastest.toFixed(1)} to ${slowest.toFixed(1)})`,
    );
  }
}

/** What a shell has that ran these lines. */
function shellVariables(lines: string): Record<string, string> {
  const { stdout } = spawnSync("sh", ["-c", 'eval "$1" && env -0', "sh", lines], { encoding: "utf8" });
  return Object.fromEntries(
    stdout
      .split("\0")
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

async function timeSynths(environment: string): Promise<void> {
  for (const { name, run } of synths(environment)) {
    const runs: Measure[] = [];
    for (let i = 0; i < RUNS; i++) runs.push(await measure(run));
    const { fastest, median, slowest, ...used } = summarize(runs);
    show(name, withUse(`${median.toFixed(2)} s (${fastest.toFixed(2)} to ${slowest.toFixed(2)})`, used));
  }
}

/** A program of its own: it stands on what is there for tests. */
function growth(): number {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", "tools/bench/src/testing/growth/main.ts"], {
    cwd: root,
    stdio: "inherit",
  });
  return status ?? 1;
}

/** Builds it first, where it is not built: the first of the runs is not counted. */
async function timesToReady(): Promise<string> {
  const runs: { seconds: number }[] = [];
  for (let i = 0; i < 4; i++) {
    const { printed } = await measure(controlPlane);
    const [, seconds] = /ready in (\S+) s/.exec(printed) ?? [];
    if (i > 0) runs.push({ seconds: Number(seconds) });
  }
  const { fastest, median, slowest } = summarize(runs);
  return `${median.toFixed(1)} s (${fastest.toFixed(1)} to ${slowest.toFixed(1)})`;
}

/** Figures mean nothing without it. */
function machine(): string {
  const { stdout } = spawnSync("terraform", ["version"], { encoding: "utf8" });
  const [terraform = "no Terraform"] = stdout.split("\n");
  const memory = (totalmem() / 1024 ** 3).toFixed(0);
  return `${String(cpus().length)} x ${cpus()[0]?.model ?? "unknown CPU"}, ${memory} GiB, ${process.platform}, Node ${process.version}, ${terraform}`;
}

runMain(main);
