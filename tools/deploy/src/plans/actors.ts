import type { Environment } from "@demarc/shared/environment";
import { isAdministrators } from "../administrators";
import { settingOfOwner } from "../owner";
import type { Setting } from "../setting";

/** Whose a stack is. */
export interface Owned {
  readonly id: string;
  /** Name of its project. */
  readonly project: string;
  /** Team that owns it, as its tags tell. */
  readonly team?: string | undefined;
}

/** Who plans and changes a stack. */
export type ActorOf = (stack: Owned) => Setting;

/** Who plans and changes each of these stacks: its team where the caller acts for teams, and the caller for the stacks of administrators. */
export async function actorsOf(stacks: readonly Owned[], environment: Environment, setting: Setting): Promise<ActorOf> {
  const owners = new Map<string, Setting>();
  for (const name of new Set(stacks.map(({ project }) => project))) {
    const own = stacks.filter(({ project }) => project === name).map(({ id, team }) => ({ id, team }));
    owners.set(name, await settingOfOwner(setting, { environment: environment.name, project: name, stacks: own }));
  }
  return ({ id, project }) => (isAdministrators(id, environment) ? setting : (owners.get(project) ?? setting));
}
