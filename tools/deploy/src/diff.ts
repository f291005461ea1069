import { environmentNamed } from "@demarc/shared/environment";
import { isAdministrators } from "./administrators";
import { checkBucket, checkReadyToPlan } from "./checks";
import { settingOfOwner } from "./owner";
import { placeOf } from "./place";
import { missingProducers } from "./producers";
import type { Project } from "./projects";
import { run } from "./run";
import { nameOf, type Scope } from "./scope";
import type { Setting } from "./setting";
import { withGraph } from "./synthesized";

/**
 * Shows what a deploy would change, one stack after another. A stack that reads another one of the same project, which is not
 * deployed yet, can only be planned after it and is named.
 * @returns exit code
 */
export async function diff(
  project: Project,
  scope: Scope,
  passedOn: readonly string[],
  setting: Setting,
): Promise<number> {
  const { say } = setting;
  const { environment } = scope;
  return withGraph([project], environment, setting, async (graph) => {
    const placed = graph.toDeploy(scope.cluster);
    const stacks = placed.map(({ stack }) => stack);
    if (stacks.length === 0) {
      say(`${project.name} has no stacks in ${nameOf(scope)}`);
      return 0;
    }
    const owner = await settingOfOwner(setting, { environment, project: project.name, stacks });
    await checkBucket(scope, stacks, owner.states);
    const named = environmentNamed(environment, setting.environments);
    const isOwners = ({ id }: { readonly id: string }) => !isAdministrators(id, named);
    await checkReadyToPlan(scope, stacks.filter(isOwners), owner.states, stacks);
    await checkReadyToPlan(
      scope,
      stacks.filter((one) => !isOwners(one)),
      setting.states,
      stacks,
    );
    const missing = await missingProducers(stacks, owner.states);
    let exitCode = 0;
    for (const [index, one] of placed.entries()) {
      const actor = isOwners(one) ? owner : setting;
      say(`\n${one.id} (${String(index + 1)} of ${String(placed.length)})`);
      const read = missing.find(({ reader }) => reader === one.id);
      if (read === undefined)
        exitCode = Math.max(exitCode, await run("diff", [one], passedOn, environment, withoutLock(actor)));
      else {
        const producer = placeOf(environment, read.state)?.stackId ?? "another stack";
        say(
          `It reads ${producer}, which is not deployed yet: all of ${one.id} will be new, and can be planned after it.`,
        );
      }
    }
    return exitCode;
  });
}

/** A diff changes nothing, and whoever plans may write no lock: Terraform takes none, as in `plan`. */
function withoutLock(actor: Setting): Setting {
  const given = actor.variables["TF_CLI_ARGS_plan"] ?? "";
  return { ...actor, variables: { ...actor.variables, TF_CLI_ARGS_plan: `${given} -lock=false`.trim() } };
}
