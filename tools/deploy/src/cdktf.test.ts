import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { interruptCdktf } from "./cdktf";

/** Starts a program that writes what happens to it into a file, a line each, and waits until it is ready. */
async function started(source: string): Promise<{ events: () => string[]; interrupted: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), "demarc-cdktf-"));
  const log = path.join(folder, "log");
  const program = path.join(folder, "cdktf.mjs");
  writeFileSync(program, source.replaceAll("LOG", JSON.stringify(log)));
  const child = spawn(process.execPath, [program], { stdio: "ignore" });
  let running = true;
  const ended = once(child, "exit").then(() => (running = false));
  while (!existsSync(log)) await sleep(20);
  return {
    events: () => readFileSync(log, "utf8").trim().split("\n"),
    interrupted: async () => {
      await interruptCdktf(child.pid ?? 0, () => running);
      await ended;
    },
  };
}

const TERRAFORM = `
  const { appendFileSync } = require("node:fs");
  process.on("SIGINT", () => {
    appendFileSync(LOG, "terraform is told\\\\n");
    setTimeout(() => { appendFileSync(LOG, "terraform has saved\\\\n"); process.exit(1); }, 500);
  });
  setInterval(() => {}, 1000);
  appendFileSync(LOG, "ready\\\\n");
`;

it("stops cdktf by its Terraform, told once, so that the state is saved before cdktf ends", async () => {
  const cdktf = await started(`
    import { appendFileSync } from "node:fs";
    import { spawn } from "node:child_process";
    process.on("SIGINT", () => { appendFileSync(LOG, "cdktf leaves\\n"); process.exit(1); });
    spawn(process.execPath, ["-e", \`${TERRAFORM}\`]).on("exit", () => appendFileSync(LOG, "cdktf ends\\n"));
  `);
  await cdktf.interrupted();
  expect(cdktf.events()).toEqual(["ready", "terraform is told", "terraform has saved", "cdktf ends"]);
});

it("stops a cdktf that runs no Terraform yet by itself", async () => {
  const cdktf = await started(`
    import { appendFileSync } from "node:fs";
    process.on("SIGINT", () => { appendFileSync(LOG, "cdktf leaves\\n"); process.exit(1); });
    setInterval(() => {}, 1000);
    appendFileSync(LOG, "ready\\n");
  `);
  await cdktf.interrupted();
  expect(cdktf.events()).toEqual(["ready", "cdktf leaves"]);
});
