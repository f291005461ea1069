import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const ROOT = path.resolve(__dirname, "../../..");

/** Where programs are called: package.json's scripts, nx targets and CI. */
function callers(): string[] {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")));
  return [...Object.values(scripts), ...["tools/nx/src/plugin.mjs", ".ci/run"].map(read)];
}

/** Programs that people call. */
function programs(): string[] {
  return [...new Set(callers().flatMap((text) => text.match(/tools\/[\w/-]+\/main\.ts/g) ?? []))].sort();
}

const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");

/** What CI alone calls, and takes nothing: it builds what the sandbox needs, and tests a fork. */
const WITHOUT_ARGUMENTS = ["tools/sandbox/src/go/main.ts", "tools/fork/src/testing/main.ts"];

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Loaded into a program before it starts: calls it a second time, in the same process, once its first call has ended. What takes long is
 * to load a program, not to ask it. After what each call printed stands its exit code, on both streams.
 */
const asksAgain = (second: string) => `
  const [, main] = process.argv;
  const require = process.getBuiltinModule("module").createRequire(main);
  const end = (code) => [process.stdout, process.stderr].forEach((stream) => stream.write("\\nended with " + code + "\\n"));
  process.once("beforeExit", (code) => {
    end(code);
    process.exitCode = undefined;
    process.argv[2] = "${second}";
    process.once("exit", end);
    delete require.cache[main];
    require(main);
  });`;

/** How a program answers one option, and then another. */
function answers(program: string, first: string, second: string): Promise<readonly Ended[]> {
  const again = `data:text/javascript,${encodeURIComponent(asksAgain(second))}`;
  return new Promise((resolve) => {
    const args = ["--import", "tsx", "--import", again, program, first];
    execFile(process.execPath, args, { cwd: ROOT }, (_, stdout, stderr) => {
      const [printed, said] = [stdout, stderr].map((text) => text.split(/\nended with (\d+)\n/)) as [
        string[],
        string[],
      ];
      resolve(
        [0, 2].map((at) => ({ code: Number(printed[at + 1]), stdout: printed[at] ?? "", stderr: said[at] ?? "" })),
      );
    });
  });
}

const called = programs().filter((program) => !WITHOUT_ARGUMENTS.includes(program));

it("are all that have arguments", () => {
  const others = readdirSync(path.join(ROOT, "tools"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("main.ts") && !file.includes("node_modules") && !file.includes("template"))
    // What stands in such folders is called by programs.
    .filter((file) => !/\/(testing|e2e\/one)\//.test(file))
    .map((file) => `tools/${file}`)
    .filter((file) => read(file).includes("@demarc/command"));
  expect(others.sort()).toEqual(called);
});

/** It kills a program that is too busy to answer a Ctrl-C within 60 ms: the Terraforms under that go on, and nobody stops them. */
it("are not called by tsx's own command", () => {
  expect(callers().filter((text) => /(^|&& |`|npx )tsx tools\//m.test(text))).toEqual([]);
});

const told = new Map<string, Promise<readonly Ended[]>>();
beforeAll(async () => {
  for (const program of called) told.set(program, answers(program, "--help", "--hlep"));
  await Promise.all(told.values());
}, 120_000);

it.each(called)("%s has help, and refuses an option that it does not know", async (program) => {
  const [help, unknown] = (await told.get(program)) ?? [];
  expect(help).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("Usage:") });
  expect(unknown).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("unknown option '--hlep'") });
  expect(unknown?.stderr).not.toMatch(/^ +at /m);
});
