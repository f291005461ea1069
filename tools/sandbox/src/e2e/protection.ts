import assert from "node:assert/strict";
import type { Environment } from "@demarc/shared/environment";
import { type Ended, inOneLine, sandbox, sandboxOf, versionsOfStates } from "./programs";
import { makeInfraSettings, repositoryCopy } from "./repository-copy";
import { step } from "./step";

/**
 * Takes an environment away. Where its settings protect something, a destroy takes nothing and names what and by which setting; with those
 * switched off and deployed, as whoever means it does, all of it goes.
 * @returns how the last destroy ended
 */
export async function destroyed(environment: Environment): Promise<Ended> {
  const { name } = environment;
  const first = await step("a destroy, which takes nothing where settings protect something", async () => {
    const before = await versionsOfStates(environment);
    const ended = await sandbox(["destroy", name]);
    if (ended.code === 0) return ended;
    assert.match(ended.printed, new RegExp(`Nothing of ${name} was destroyed`));
    assert.deepEqual(await versionsOfStates(environment), before);
    return ended;
  });
  const settings = protecting(first.printed);
  if (settings.length === 0) return first;
  const root = withoutProtection(name, settings);
  await step(`${name}: without ${settings.join(", ")}, deployed`, async () => {
    assert.equal((await sandboxOf(root, ["up", name])).code, 0);
  });
  return sandboxOf(root, ["destroy", name]);
}

/** Settings of infra's that a refusal names: each stands in brackets behind what it protects. */
function protecting(printed: string): string[] {
  const named = [...inOneLine(printed).matchAll(/ aws_\w+\.[\w-]+ \(([a-zA-Z.]+)\)/g)].map(
    ([, setting = ""]) => setting,
  );
  return [...new Set(named)].toSorted();
}

/** @returns root of a repository like this one, in which infra's settings of the environment have these false */
function withoutProtection(name: string, settings: readonly string[]): string {
  const root = repositoryCopy("unprotected");
  makeInfraSettings(
    root,
    name,
    `(settings) => {
      for (const setting of ${JSON.stringify(settings)}) {
        const parts = setting.split(".");
        const last = parts.pop() ?? "";
        parts.reduce((within, part) => (within[part] ??= {}), settings)[last] = false;
      }
    }`,
  );
  return root;
}
