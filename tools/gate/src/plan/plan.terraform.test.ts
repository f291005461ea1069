import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Plan, readPlan } from "./plan";

/** Terraform's own plans, of its built-in provider: it needs nothing else. */
let folder: string;
let plan: Plan;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "demarc-gate-"));
  write(
    { gone: { input: "b" }, forgotten: { input: "c" }, new: { input: "x", triggers_replace: ["1"] } },
    { zone: "a", old: "x" },
  );
  terraform("init");
  terraform("apply", "-auto-approve");
  write(
    { made: { input: "b" }, new: { input: "x", triggers_replace: ["2"] } },
    { zone: "${terraform_data.made.id}" },
    {
      removed: [{ from: "terraform_data.forgotten", lifecycle: { destroy: false } }],
    },
  );
  terraform("plan", "-out=plan");
  plan = readPlan("plan", terraform("show", "-json", "plan"));
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(resources: object, value: object, more: object = {}): void {
  const stack = { resource: { terraform_data: resources }, output: { dns_v1: { value } }, ...more };
  writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(stack));
}

function terraform(...args: string[]): string {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };
  const { status, stdout, stderr } = spawnSync("terraform", [...args, "-no-color"], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

it("tells what is made, destroyed, replaced and forgotten", () => {
  expect(Object.fromEntries(plan.changes.map(({ address, actions }) => [address, actions]))).toEqual({
    "terraform_data.made": ["create"],
    "terraform_data.gone": ["delete"],
    "terraform_data.new": ["delete", "create"],
    "terraform_data.forgotten": ["forget"],
  });
});

it("tells what forces a replacement, and what is known after the apply", () => {
  const replaced = plan.changes.find(({ address }) => address === "terraform_data.new");
  expect(replaced).toMatchObject({ forcedBy: ["triggers_replace"], before: { input: "x" }, unknown: { id: true } });
});

it("tells of outputs what they were and what they will be", () => {
  expect(plan.outputs).toEqual({
    dns_v1: { actions: ["update"], before: { zone: "a", old: "x" }, after: {}, unknown: { zone: true } },
  });
});
