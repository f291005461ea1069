import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Environment } from "@demarc/shared/environment";
import { z } from "zod";
import { PETSTORE, setReplicas, statesChangedBy } from "./app-change";
import { pipelineTool, ROOT, run, runningServers, shellVariables } from "./programs";
import { repositoryCopy } from "./repository-copy";
import { step } from "./step";

const planned = z.object({ workspaces: z.array(z.string()) });

/** A change of one app goes from its pull request to what runs, by the commands that pipelines call. */
export async function deliversOneApp(environment: Environment): Promise<void> {
  const root = repositoryCopy("delivered");
  const variables = { ...shellVariables(await runningServers()), DEMARC_AS_TEAMS: "1" };
  const ci = (...args: readonly string[]) => pipelineTool(root, args, variables);
  const git = async (...args: readonly string[]) => {
    const who = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    assert.equal((await run("git", [...who, ...args], { cwd: root, env: variables })).code, 0);
  };
  const commit = async () => {
    await git("add", "--all");
    await git("commit", "--quiet", "--message", "change");
  };
  const named = ["--environment", environment.name];
  const apply = (...args: readonly string[]) => ci("apply", ...named, ...args);

  await step("a pipeline's first deploy plans all of dev, and asks where nobody has reviewed it", async () => {
    cpSync(path.join(ROOT, ".gitignore"), path.join(root, ".gitignore"));
    await git("init", "--quiet", "--initial-branch=main");
    await commit();
    let deployed = await apply();
    while (deployed.code === 2) deployed = await apply("--digest", digestIn(deployed.printed));
    assert.equal(deployed.code, 0);
  });

  await step("one app's change: main applies what the pull request planned", async () => {
    await git("checkout", "--quiet", "-b", "change");
    setReplicas(root, environment, 3);
    await commit();
    const plan = await ci("plan", "--base", "main", "--out", "cdktf.out/summaries", ...named);
    assert.equal(plan.code, 0);
    const summary = readFileSync(path.join(root, `cdktf.out/summaries/${environment.name}.json`), "utf8");
    assert.deepEqual(planned.parse(JSON.parse(summary)).workspaces, ["petstore"]);
    const told = await ci("comment", "cdktf.out/summaries");
    assert.match(told.printed, /: 0 to add, 1 to change, 0 to replace, 0 to destroy<\/summary>/);
    await git("checkout", "--quiet", "main");
    await git("merge", "--quiet", "--no-ff", "--no-edit", "change");
    const changed = await statesChangedBy(environment, async () => assert.equal((await apply()).code, 0));
    assert.deepEqual(changed, [PETSTORE]);
    const left = await ci("tasks", ...named);
    assert.match(left.printed, /Nothing is affected\./);
  });

  await step("a change that nobody reviewed is planned, and not applied", async () => {
    setReplicas(root, environment, 2);
    await commit();
    const asked = await apply();
    assert.equal(asked.code, 2);
    assert.match(
      asked.printed,
      /Nothing of it is applied: dev-a-petstore would be changed otherwise than was reviewed/,
    );
    const changed = await statesChangedBy(environment, async () =>
      assert.equal((await apply("--digest", digestIn(asked.printed))).code, 0),
    );
    assert.deepEqual(changed, [PETSTORE]);
  });
}

/** Of the plan that a deploy asks to be approved. */
function digestIn(printed: string): string {
  return /-f digest=([0-9a-f]{64})/.exec(printed)?.[1] ?? "";
}
