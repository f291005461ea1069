import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ControllerProcess } from "./controller-process";

let folder: string;
let said: string[];
let running: ControllerProcess;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "demarc-controller-"));
  said = [];
  running = new ControllerProcess((line) => said.push(line));
});

afterEach(async () => {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A controller that prints its argument and then does something else. */
const controller = (argument: string, then = "setInterval(() => {}, 1000)") => ({
  command: process.execPath,
  args: ["-e", `console.log(process.argv[1], process.env.OWN); ${then}`, argument],
  variables: { OWN: "yes" },
  log: path.join(folder, "log"),
});

const printed = () => readFileSync(path.join(folder, "log"), "utf8");

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

it("runs a controller once, with its own variables, however often it is asked to", async () => {
  await running.ensure(controller("one"));
  await until(() => printed() !== "");
  await running.ensure(controller("one"));
  expect(printed()).toBe("one yes\n");
  expect(said).toHaveLength(1);
});

it("runs it anew when its arguments change, and ends it for good when asked to", async () => {
  await running.ensure(controller("one"));
  await until(() => printed() === "one yes\n");
  await running.ensure(controller("two"));
  await until(() => printed() === "one yes\ntwo yes\n");
  await running.stop();
  expect(said.filter((line) => line.includes("ended"))).toEqual([]);
});

it("starts one that died again, but not at once", async () => {
  await running.ensure(controller("one", "process.exit(3)"));
  await until(() => said.length === 2);
  expect(said[1]).toContain("ended (exit code 3); started again in 1 s");
  await running.ensure(controller("one", "process.exit(3)"));
  expect(printed()).toBe("one yes\n");
  await until(() => {
    void running.ensure(controller("one", "process.exit(3)"));
    return printed() === "one yes\none yes\n";
  });
  await until(() => said.length === 4);
  expect(said[3]).toContain("started again in 2 s");
});
