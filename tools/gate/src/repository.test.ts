import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dev } from "@demarc/shared/testing";
import type { Plan } from "./plan/plan";
import { contextOf } from "./repository";

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "demarc-gate-"));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const contextFor = (tags: Plan["tags"], stack: string) =>
  contextOf("p.json", { changes: [], outputs: {}, tags }, stack, {
    root,
    environments: [dev],
    apps: [{ name: "petstore" }],
  });

it("goes by the tags that the provider sets", () => {
  expect(contextFor({ environment: "dev", workspace: "petstore" }, "dev-a-petstore")).toEqual({
    stack: "dev-a-petstore",
    workspace: { name: "petstore", kind: "apps" },
    exposures: dev.exposures,
    allowances: [],
  });
  expect(contextFor({ environment: "account", workspace: "infra" }, "account-x").exposures).toEqual([]);
});

it("reads the workspace's own allowances, and those that are decided together", () => {
  const line = { stack: "dev-a-petstore", address: "a.b", reason: "r", until: "2026-12-31" };
  for (const [folder, rule] of [
    ["packages/apps/petstore", "state"],
    ["packages/shared", "exposure"],
    ["packages/infra", "state"],
  ] as const) {
    mkdirSync(path.join(root, folder), { recursive: true });
    writeFileSync(path.join(root, folder, "allowances.json"), JSON.stringify([{ ...line, rule, reason: folder }]));
  }
  const { allowances } = contextFor({ environment: "dev", workspace: "petstore" }, "dev-a-petstore");
  expect(allowances.map(({ reason }) => reason)).toEqual(["packages/apps/petstore", "packages/shared"]);
});

it("tells all that does not fit at once", () => {
  const wrong = () => contextFor({ environment: "nowhere", workspace: "nobody" }, "plan");
  for (const part of ['"nobody" is no workspace', '"nowhere" is no environment', '"plan" is no stack of nowhere']) {
    expect(wrong).toThrow(part);
  }
  expect(() => contextFor({ environment: "dev", workspace: "infra" }, "plan")).toThrow("is no stack of dev");
  expect(() => contextFor({}, "dev-data")).toThrow("the default tags of the plan's provider must name one");
});
