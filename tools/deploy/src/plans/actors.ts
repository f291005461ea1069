import { accountStackId, environmentNamed } from "@demarc/shared/environment";
import { byProject, type PlacedStack } from "../graph";
import { settingOfOwner } from "../owner";
import type { Scope } from "../scope";
import type { Setting } from "../setting";

/** Who plans and changes a stack. */
export type ActorOf = (placed: PlacedStack) => Setting;

/** Who plans and changes each of these stacks: its team where the caller acts for teams, and the caller for the account stack. */
export async function actorsOf(
  placed: readonly PlacedStack[],
  { environment }: Scope,
  setting: Setting,
): Promise<ActorOf> {
  const account = accountStackId(environmentNamed(environment, setting.environments));
  const owners = new Map<string, Setting>();
  for (const { target, stacks } of byProject(placed)) {
    const owner = await settingOfOwner(setting, { environment, stacks: stacks.map(({ stack }) => stack) });
    owners.set(target.project.name, owner);
  }
  return ({ id, target: { project } }) => (id === account ? setting : (owners.get(project.name) ?? setting));
}
