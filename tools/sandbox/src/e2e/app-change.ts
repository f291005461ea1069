import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Environment } from "@demarc/shared/environment";
import { credentialsOfTeam } from "../teams";
import { run, runningServers, shellVariables, versionsOfStates } from "./programs";
import { repositoryCopy } from "./repository-copy";
import { step } from "./step";

/** A team releases its app alone, with its own role, as its CI does. */
export async function releasesOneApp(environment: Environment): Promise<void> {
  await step("one app's change, deployed by nx: it touches one state", async () => {
    const changedRepository = repositoryCopy("changed");
    const settings = path.join(changedRepository, `packages/apps/petstore/src/settings/${environment.name}.ts`);
    const before = readFileSync(settings, "utf8");
    writeFileSync(settings, before.replace("replicas: { min: 2,", "replicas: { min: 3,"));
    assert.notEqual(readFileSync(settings, "utf8"), before);

    const servers = await runningServers();
    const states = await versionsOfStates(environment);
    const { code, printed } = await run("npx", ["nx", "deploy", "petstore", "--configuration=dev", "--auto-approve"], {
      cwd: changedRepository,
      env: { ...shellVariables(servers), ...(await credentialsOfTeam(environment, "pets", servers)) },
    });
    assert.equal(code, 0);
    assert.match(stripVTControlCharacters(printed), /Plan: 0 to add, 1 to change, 0 to destroy/);
    const changed = [...(await versionsOfStates(environment))].filter(([key, version]) => states.get(key) !== version);
    assert.deepEqual(
      changed.map(([key]) => key),
      ["dev/a/apps/petstore.tfstate"],
    );
  });
}
