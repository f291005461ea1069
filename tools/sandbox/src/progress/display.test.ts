import { appendFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Display, type Screen } from "./display";
import { duration } from "./duration";
import { follow } from "./log";
import { Progress, waiting } from "./stack-progress";

function screen(live: boolean): Screen & { written: string } {
  const at = { live, columns: () => 60, written: "", write: (text: string) => void (at.written += text) };
  return at;
}

function show(on: Screen, lines: readonly [second: number, line: string][]): Display {
  const progress = new Progress("dev-network");
  const display = new Display(on, 0);
  for (const [second, line] of lines) {
    const before = progress.stack;
    const after = progress.read(line, second * 1000);
    if (after) display.changed(after, before, second * 1000);
    display.tick([progress.stack, { ...waiting("dev-dns"), waitsFor: "dev-network" }], second * 1000);
  }
  return display;
}

const creation: [number, string][] = [
  [1, "dev-network  Initializing the backend..."],
  [2, "dev-network  aws_vpc.vpc: Refreshing state..."],
  [5, "dev-network  Plan: 2 to add, 0 to change, 0 to destroy."],
  [6, "dev-network  aws_nat_gateway.a: Creating..."],
  [7, "dev-network  aws_nat_gateway.a: Still creating... [10s elapsed]"],
  [66, "dev-network  aws_nat_gateway.a: Creation complete after 1m0s"],
  [67, "dev-network  Apply complete! Resources: 2 added"],
];

it("tells each step once where lines stay, and does not fall silent for long", () => {
  const at = screen(false);
  show(at, creation);
  expect(at.written.split("\n")).toEqual([
    "[00:01] dev-network: initialized",
    "[00:02] dev-network: plans",
    "[00:05] dev-network: 2 changes planned",
    "[00:06] dev-network: 0 of 2 done  4 s  aws_nat_gateway.a",
    "[01:06] dev-network: 1 of 2 done  1 min 04 s",
    "[01:07] dev-network: 1 done  1 min 05 s",
    "",
  ]);
});

it("draws over what it has drawn in a terminal, and no line wider than it", () => {
  const at = screen(true);
  show(at, [
    [1, "dev-network  Initializing the backend..."],
    [2, `dev-network  ${"a".repeat(90)}.b: Creating...`],
  ]);
  const lines = at.written.split("\n").map((line) => stripVTControlCharacters(line));
  expect(at.written).toContain("\u001b[2A\u001b[2K  dev-network");
  expect(lines).toContain("  dev-dns      waits for dev-network");
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(60);
});

it("writes a duration as people do", () => {
  expect([499, 59_400, 185_000].map(duration)).toEqual(["0 s", "59 s", "3 min 05 s"]);
});

it("follows a file that grows, a line in two parts and a last one without its end included", async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "demarc-log-")), "log");
  writeFileSync(file, "one\ntw");
  const parts = ["o\nthree ✔\r\n", "four"];
  const lines: string[] = [];
  const grows = () => {
    const part = parts.shift();
    if (part !== undefined) appendFileSync(file, part);
    return Promise.resolve(part !== undefined);
  };
  await follow(file, (line) => lines.push(line), grows);
  expect(lines).toEqual(["one", "two", "three ✔", "four"]);
});
