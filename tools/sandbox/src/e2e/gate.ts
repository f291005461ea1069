import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deployTool, runningServers, shellVariables } from "./programs";
import { repositoryCopy } from "./repository-copy";
import { step } from "./step";

/** A construct's id is part of what Terraform calls it: under another one the database would be made anew, and empty. */
export async function asksTheGate(): Promise<void> {
  await step("a renamed database: the gate refuses its plan with the move to write, and takes that move", async () => {
    const root = repositoryCopy("renamed");
    const variables = shellVariables(await runningServers());
    const plan = async () => deployTool(root, ["plan", "dev", "infra"], variables);
    const change = (from: string, to: string) => {
      changeDatabase(root, from, to);
    };
    change('new DbInstance(this, "instance"', 'new DbInstance(this, "store"');
    const refused = await plan();
    assert.equal(refused.code, 1);
    assert.doesNotMatch(refused.printed, /npm run apply/);
    const [, address = ""] = /REFUSED dev-data (aws_db_instance\.\S+) \(rename\)/.exec(refused.printed) ?? [];
    const [, written = "", old = ""] = /in CDKTF resource(\.moveFromId\("([^"]+)"\))/.exec(refused.printed) ?? [];
    assert.equal(old, address);

    change("    this.host = instance.", `    instance${written};\n    this.host = instance.`);
    const moved = await plan();
    assert.equal(moved.code, 2);
    assert.match(moved.printed, /dev-data +1 to move\n +> aws_db_instance\.\S*store\S*\n/);
    assert.match(moved.printed, /npm run apply -- dev [0-9a-f]{64}/);
  });
}

function changeDatabase(root: string, from: string, to: string): void {
  const file = path.join(root, "packages/infra/src/data/database.ts");
  const before = readFileSync(file, "utf8");
  assert.ok(before.includes(from), `${file} has no ${from}`);
  writeFileSync(file, before.replace(from, to));
}
