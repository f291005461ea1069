import { spawnSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { Argument, chosenBy, type Choose, type Command, program, runMain } from "@demarc/command";
import { type Measure, measure, type Run, summarize } from "./measure";
import { stackTimes } from "./stack-times";

const root = path.resolve(__dirname, "../../..");
const ENVIRONMENT = "dev";
const tsx = (file: string, ...args: string[]) => ({
  command: process.execPath,
  args: ["--import", "tsx", file, ...args],
});
const sandbox = (...args: string[]): Run => ({ ...tsx("tools/sandbox/src/main.ts", ...args), cwd: root });

const controlPlane: Run = { ...tsx("tools/sandbox/src/kubernetes/time-to-ready/main.ts"), cwd: root };

/** The app of a workspace, run directly: every stack of one environment. */
const synths = ["infra", "k8s-platform", "apps/petstore", "apps/storefront"].map((workspace) => ({
  name: `synth ${workspace}`,
  run: {
    ...tsx("src/main.ts"),
    cwd: path.join(root, "packages", workspace),
    variables: { DEMARC_ENVIRONMENT: ENVIRONMENT },
  },
}));

/** Which part is measured. @default all */
type Part = "synth" | undefined;

function bench(choose: Choose<Part>): Command {
  return program("npm run bench --", "Measures how long things take on this machine.")
    .addArgument(
      new Argument(
        "[part]",
        "synth: that alone, five runs of each workspace. Without it: a control plane and the sandbox too, which is ended and begun anew",
      ).choices(["synth"]),
    )
    .action((part: Part) => choose(part));
}

async function main(): Promise<number> {
  const part = chosenBy(bench, process.argv.slice(2));
  console.log(machine());
  for (const { name, run } of synths) {
    const runs: Measure[] = [];
    for (let i = 0; i < 5; i++) runs.push(await measure(run));
    const { fastest, median, slowest, peakMb } = summarize(runs);
    const memory = peakMb === undefined ? "" : `, ${peakMb.toFixed(0)} MB`;
    show(name, `${median.toFixed(2)} s (${fastest.toFixed(2)} to ${slowest.toFixed(2)})${memory}`);
  }
  if (part === "synth") return 0;
  await measure(sandbox("down"));
  show("control plane ready", await timesToReady());
  const up = await measure(sandbox("up", ENVIRONMENT));
  show("up from nothing", `${up.seconds.toFixed(1)} s`);
  for (const { stack, time } of stackTimes(up.printed)) show(`  ${stack}`, time);
  show("up with no change", `${(await measure(sandbox("up", ENVIRONMENT))).seconds.toFixed(1)} s`);
  show("plan with no change", `${(await measure(sandbox("plan", ENVIRONMENT))).seconds.toFixed(1)} s`);
  show("destroy", `${(await measure(sandbox("destroy", ENVIRONMENT))).seconds.toFixed(1)} s`);
  await measure(sandbox("down"));
  return 0;
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

function show(name: string, figures: string): void {
  console.log(`  ${name.padEnd(38)} ${figures}`);
}

/** Figures mean nothing without it. */
function machine(): string {
  const { stdout } = spawnSync("terraform", ["version"], { encoding: "utf8" });
  const [terraform = "no Terraform"] = stdout.split("\n");
  const memory = (totalmem() / 1024 ** 3).toFixed(0);
  return `${String(cpus().length)} x ${cpus()[0]?.model ?? "unknown CPU"}, ${memory} GiB, ${process.platform}, Node ${process.version}, ${terraform}`;
}

runMain(main);
