import path from "node:path";
import { environmentNamed } from "@demarc/shared/environment";
import { recordedUsesOf } from "../deployed/uses";
import type { PlacedStack, StackGraph } from "../graph";
import type { Scope } from "../scope";
import type { Setting } from "../setting";
import { packed } from "./folder";
import type { Found } from "./found";
import type { Later } from "./later";
import { HOURS, type StackPlan } from "./saved-plan";
import { storeFolder, storePlan } from "./store";
import { terraformVersion } from "./terraform";

interface Saving {
  readonly graph: StackGraph;
  readonly scope: Scope;
  readonly setting: Setting;
  readonly actorOf: (placed: PlacedStack) => Setting;
}

/** Saves what will be applied and what is planned later. @returns digest by which it is approved */
export async function save(kept: readonly Found[], later: readonly Later[], saving: Saving): Promise<string> {
  const { graph, scope, setting, actorOf } = saving;
  const environment = environmentNamed(scope.environment, setting.environments);
  const changed = kept.filter(({ changes }) => changes !== undefined);
  const order = graph.among(({ id }) => changed.some(({ placed }) => placed.id === id));
  const stacks: StackPlan[] = [];
  for (const { placed, changes, version } of changed) {
    const { id, stack, target } = placed;
    const { states } = actorOf(placed);
    const whose = owned(id, target.project.name, stack.team);
    const folder = await storeFolder(environment, whose, packed(stack.directory), states);
    stacks.push({
      ...whose,
      state: stack.state,
      ...(version === undefined ? {} : { version }),
      after: [...(order.find((one) => one.id === id)?.after ?? [])],
      resources: [...(changes?.resources ?? [])],
      outputs: [...(changes?.outputs ?? [])],
      uses: recordedUsesOf(stack, environment),
      folder,
    });
  }
  const madeAt = new Date();
  const directory = changed[0]?.placed.stack.directory ?? process.cwd();
  const content = {
    format: 1 as const,
    environment: environment.name,
    ...(scope.cluster === undefined ? {} : { cluster: scope.cluster }),
    account: environment.account,
    ...(setting.commit === undefined ? {} : { commit: setting.commit }),
    madeAt: madeAt.toISOString(),
    expiresAt: new Date(madeAt.getTime() + HOURS * 3_600_000).toISOString(),
    terraform: await terraformVersion({ directory: path.resolve(directory), variables: setting.variables }),
    stacks,
    unchanged: kept.flatMap(({ placed: { id, stack, target }, changes }) =>
      changes === undefined
        ? { ...owned(id, target.project.name, stack.team), uses: recordedUsesOf(stack, environment) }
        : [],
    ),
    later: later.map(({ placed: { id, target }, because }) => ({ id, project: target.project.name, because })),
  };
  return storePlan(environment, content, setting.states);
}

function owned(id: string, project: string, team: string | undefined) {
  return { id, project, ...(team === undefined ? {} : { team }) };
}
