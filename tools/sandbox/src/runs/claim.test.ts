import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { identityOf } from "@demarc/deploy";
import { Claim } from "./claim";

const file = () => path.join(mkdtempSync(path.join(tmpdir(), "demarc-claim-")), "claim.json");

const run = (stack: string) => ({
  process: { pid: 1, started: "then" },
  action: "deploy" as const,
  stack: `dev-${stack}`,
  state: `dev/infra/${stack}.tfstate`,
  startedAt: "2026-01-01T00:00:00.000Z",
  log: `/logs/${stack}.log`,
});
const [network, dns] = [run("network"), run("dns")];

/** What a command leaves that was killed with its claim. */
async function abandoned(file: string, content: object = {}): Promise<void> {
  const child = spawn("sleep", ["60"]);
  await once(child, "spawn");
  const process = await identityOf(child.pid ?? 0);
  child.kill("SIGKILL");
  await once(child, "exit");
  writeFileSync(
    file,
    JSON.stringify({ command: "up dev", process, startedAt: network.startedAt, runs: [], ...content }),
  );
}

it("lets one command at a time work, and tells the second one who does", async () => {
  const claim = file();
  const first = await Claim.take(claim, "up dev");
  first.works(network);
  first.works(dns);

  await expect(Claim.take(claim, "destroy dev")).rejects.toThrow(
    new RegExp(
      `"up dev" has been at work in this sandbox since .* \\(process ${process.pid}\\).*tail -f /logs/network.log /logs/dns.log`,
    ),
  );

  first.settle(network);
  first.settle(dns);
  first.release();
  const second = await Claim.take(claim, "destroy dev");
  expect(second.abandoned).toBeUndefined();
  second.release();
  expect(existsSync(claim)).toBe(false);
});

it("passes on what a killed command was at", async () => {
  const claim = file();
  await abandoned(claim, { runs: [network, dns] });

  const next = await Claim.take(claim, "up dev");

  expect(next.abandoned).toMatchObject({ command: "up dev", runs: [network, dns] });
  expect(readdirSync(path.dirname(claim))).toEqual(["claim.json"]);
});

it("keeps what a killed command was at until somebody has looked after it", async () => {
  const claim = file();
  await abandoned(claim, { runs: [network, dns] });

  const failing = await Claim.take(claim, "up dev");
  failing.settle(network);
  failing.release();
  expect(JSON.parse(readFileSync(claim, "utf8"))).toMatchObject({ runs: [dns] });

  failing.settle(dns);
  failing.release();
  expect(existsSync(claim)).toBe(false);
});

it("does not stop at a claim that a kill left unreadable", async () => {
  const claim = file();
  writeFileSync(claim, "{");
  const next = await Claim.take(claim, "up dev");
  expect(next.abandoned).toBeUndefined();
  expect(JSON.parse(readFileSync(claim, "utf8"))).toMatchObject({ command: "up dev" });
});

it("goes to one of many that come at once", async () => {
  const claim = file();
  await abandoned(claim);
  const taken = await Promise.allSettled(Array.from({ length: 8 }, () => Claim.take(claim, "up dev")));
  expect(taken.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
