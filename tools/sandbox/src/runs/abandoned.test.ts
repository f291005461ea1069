import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { releaseLock } from "./abandoned";
import type { HeldLock } from "../states/bucket";

const startedAt = "2026-01-01T10:00:00.000Z";

function bucketWith(...locks: HeldLock[]) {
  const released: string[] = [];
  return {
    released,
    locks: () => Promise.resolve(locks.filter(({ key }) => !released.includes(key))),
    release: ({ key }: HeldLock) => Promise.resolve(void released.push(key)),
  };
}

function cdktf(action: "deploy" | "destroy", ...lines: string[]) {
  const log = path.join(mkdtempSync(path.join(tmpdir(), "demarc-abandoned-")), "log");
  writeFileSync(log, lines.join("\n"));
  const state = "dev/infra/network.tfstate";
  return { process: { pid: 1, started: "then" }, action, stack: "dev-network", state, startedAt, log };
}

const own: HeldLock = { key: "dev/infra/network.tfstate.tflock", since: new Date("2026-01-01T10:00:05Z") };
const older: HeldLock = { ...own, since: new Date("2026-01-01T09:00:00Z") };
const anothers: HeldLock = { ...own, key: "dev/infra/dns.tfstate.tflock" };
const planned = ["dev-network  Initializing the backend...", "dev-network  aws_vpc.vpc: Refreshing state..."];
const midway = [...planned, "dev-network  aws_vpc.vpc: Creating..."];

it("knows nothing to be lost where every Terraform released its lock", async () => {
  expect(await releaseLock(cdktf("deploy", ...midway), bucketWith(), 0)).toBe(false);
});

it("releases the lock of a Terraform that was killed before it changed anything", async () => {
  const bucket = bucketWith(own);
  expect(await releaseLock(cdktf("deploy", ...planned), bucket, 0)).toBe(false);
  expect(bucket.released).toEqual([own.key]);
});

it("knows things to be lost where a Terraform was killed in the middle, and keeps its lock until they are gone", async () => {
  const bucket = bucketWith(own);
  expect(await releaseLock(cdktf("deploy", ...midway), bucket, 0)).toBe(true);
  expect(bucket.released).toEqual([]);
});

it("loses nothing by a killed destroy", async () => {
  const bucket = bucketWith(own);
  expect(await releaseLock(cdktf("destroy", ...midway), bucket, 0)).toBe(false);
  expect(bucket.released).toEqual([own.key]);
});

it("leaves a lock alone that is older than what ran", async () => {
  const bucket = bucketWith(older);
  expect(await releaseLock(cdktf("deploy", ...midway), bucket, 0)).toBe(false);
  expect(bucket.released).toEqual([]);
});

it("leaves the lock of another stack alone, which another cdktf deploys at the same time", async () => {
  const bucket = bucketWith(anothers);
  expect(await releaseLock(cdktf("deploy", ...midway), bucket, 0)).toBe(false);
  expect(bucket.released).toEqual([]);
});
