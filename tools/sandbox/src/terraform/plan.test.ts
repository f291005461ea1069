import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Planned } from "@demarc/deploy";
import { deployableStack } from "@demarc/deploy/testing";
import { planStacks } from "./plan";

const scratch = () => mkdtempSync(path.join(tmpdir(), "demarc-plan-"));

/** Plans three stacks by a Terraform that ends and prints as the name of the stack's folder says. */
async function planned(script: string, count = 1): Promise<{ results: Planned[]; logs: string }> {
  const bin = scratch();
  writeFileSync(path.join(bin, "terraform"), `#!/bin/sh\n[ "$1" = init ] && exit 0\n${script}\n`);
  chmodSync(path.join(bin, "terraform"), 0o755);
  const stacks = Array.from({ length: count }, (_, index) => {
    const directory = scratch();
    writeFileSync(
      path.join(directory, "cdk.tf.json"),
      JSON.stringify({ terraform: { required_version: String(index) } }),
    );
    return deployableStack({ id: `dev-${index}`, directory });
  });
  const logs = scratch();
  const variables = () => Promise.resolve({ PATH: `${bin}:/usr/bin:/bin`, CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1" });
  const results = await planStacks(stacks, variables, { logs, inits: scratch() }, () => undefined);
  return { results, logs };
}

it("takes Terraform's exit code for what it says", async () => {
  expect((await planned("exit 0")).results).toEqual([{ kind: "unchanged" }]);
  expect((await planned("echo 'Plan: 1 to add, 2 to change, 0 to destroy.'; exit 2")).results).toEqual([
    expect.objectContaining({ kind: "changes", summary: "1 to add, 2 to change, 0 to destroy" }),
  ]);
  expect((await planned("echo 'Changes to Outputs:'; exit 2")).results).toEqual([
    expect.objectContaining({ kind: "changes", summary: "outputs change" }),
  ]);
});

it("gives what went wrong, and keeps all that Terraform said", async () => {
  const { results, logs } = await planned("echo 'Reading...'; printf '╷\\n│ Error: no such zone\\n╵\\n' >&2; exit 1");
  expect(results).toEqual([{ kind: "failed", text: "Error: no such zone" }]);
  expect(readFileSync(path.join(logs, "plan-dev-0.log"), "utf8")).toContain("Reading...");
});

it("plans two at a time, and answers in the order of the stacks", async () => {
  const running = path.join(scratch(), "running");
  const script = `echo b >> ${running}; sleep 0.2; echo e >> ${running}; exit 0`;
  const { results } = await planned(script, 5);
  let now = 0;
  const most = Math.max(
    ...readFileSync(running, "utf8")
      .trim()
      .split("\n")
      .map((line) => (now += line === "b" ? 1 : -1)),
  );
  expect(results).toHaveLength(5);
  expect(most).toBe(2);
});
