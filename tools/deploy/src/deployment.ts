import { accountStackId, type Environment, environmentNamed, stateBucket } from "@demarc/shared/environment";
import { isAdministrators } from "./administrators";
import { checkBoundaries, checkBucket, checkReadyToDeploy, checkReadyToPlan } from "./checks";
import { deployBy, recordDeploy } from "./deployed/records";
import { recordedUsesOf } from "./deployed/uses";
import { byProject, type PlacedStack } from "./graph";
import { locksOf, lockSentence } from "./lock";
import { settingOfOwner } from "./owner";
import type { Project } from "./projects";
import { Refusal } from "./refusal";
import { awaitQuotas } from "./releases/quotas";
import { recoverAll } from "./releases/recover";
import { checkApproval, run } from "./run";
import { nameOf, type Scope } from "./scope";
import type { Setting } from "./setting";
import type { DeployableStack } from "./stacks";
import { ensureStateBucket } from "./state-bucket";
import { forget, withGraph } from "./synthesized";

/** Deploys the stacks that a project has in an environment. @returns exit code */
export async function deploy(
  project: Project,
  scope: Scope,
  passedOn: readonly string[],
  setting: Setting,
): Promise<number> {
  checkApproval("deploy", passedOn, setting);
  return withGraph([project], scope.environment, setting, async (graph) => {
    const stacks = graph.toDeploy(scope.cluster);
    if (stacks.length > 0) return deployProject(stacks, scope, passedOn, setting);
    setting.say(`${project.name} has no stacks in ${nameOf(scope)}`);
    return 0;
  });
}

/** Deploys stacks of one project, the administrators' before all others: those have the boundaries of all roles, and the roles that deploy. */
async function deployProject(
  placed: readonly PlacedStack[],
  scope: Scope,
  passedOn: readonly string[],
  setting: Setting,
): Promise<number> {
  const { administrators, others } = apart(placed, scope, setting);
  const stacks = stacksOf(others);
  const project = placed[0]?.target.project.name ?? "";
  const owner = await settingOfOwner(setting, { environment: scope.environment, project, stacks });
  await checkBucket(scope, stacks, owner.states);
  if (administrators.length > 0) {
    // Nothing is changed where the others could not follow.
    await checkReadyToPlan(scope, stacks, owner.states, stacksOf(placed));
    await checkReadyToPlan(scope, stacksOf(administrators), setting.states);
    await checkBoundaries(scope, stacksOf(administrators), setting);
    setting.say(`${idsOf(administrators)} first: what infra's administrators deploy, and all others stand on.`);
    const code = await deployInTurn(administrators, passedOn, scope, setting);
    if (code !== 0) return code;
  }
  if (others.length === 0) return 0;
  await checkReadyToDeploy(scope, stacks, owner);
  await recoverAll(stacks, owner);
  for (const stack of stacks) await awaitQuotas(stack, owner);
  return deployAndRecord(others, passedOn, scope, owner);
}

/**
 * Deploys the administrators' stacks one after the other: `cdktf` knows no order between the account's and an environment's, so that
 * `cdktf deploy 'dev-*'` by hand goes without the account's. @returns exit code
 */
async function deployInTurn(
  administrators: readonly PlacedStack[],
  ...asked: [passedOn: readonly string[], scope: Pick<Scope, "environment">, setting: Setting]
): Promise<number> {
  for (const one of administrators) {
    const code = await deployAndRecord([one], ...asked);
    if (code !== 0) return code;
  }
  return 0;
}

/** Deploys stacks of one project and, where that went well, records it. @returns exit code */
async function deployAndRecord(
  placed: readonly PlacedStack[],
  passedOn: readonly string[],
  scope: Pick<Scope, "environment">,
  setting: Setting,
): Promise<number> {
  const code = await run("deploy", placed, passedOn, scope.environment, setting);
  const [first] = placed;
  if (code !== 0 || first === undefined) return code;
  const environment = environmentNamed(scope.environment, setting.environments);
  const done = await deployBy(environment, setting, setting.commit);
  const deployed = stacksOf(placed).map((stack) => ({ id: stack.id, uses: recordedUsesOf(stack, environment) }));
  await recordDeploy(environment, first.target.project.name, deployed, done, setting.states);
  return code;
}

/** Deploys the stacks of every project, a project at a time; stops at the first that fails. @returns exit code */
export async function deployAll(
  projects: readonly Project[],
  scope: Scope,
  passedOn: readonly string[],
  setting: Setting,
): Promise<number> {
  checkApproval("deploy", passedOn, setting);
  return withGraph(projects, scope.environment, setting, async (graph) => {
    const placed = graph.toDeploy(scope.cluster);
    // infra's deploy is the first, and makes them with the account stack.
    if (apart(placed, scope, setting).administrators.length === 0)
      await checkBoundaries(scope, stacksOf(placed), setting);
    const each = byProject(placed);
    for (const [index, { target, stacks }] of each.entries()) {
      setting.say(`\n${target.project.name} (${String(index + 1)} of ${String(each.length)})`);
      const code = await deployProject(stacks, scope, passedOn, setting);
      forget(code === 0 ? [target] : graph.projects.filter((one) => one !== target));
      if (code !== 0) return code;
    }
    return 0;
  });
}

/**
 * Makes what must be there before anything else of an environment: the bucket of the states and, with it, all that the account stack
 * holds, which its account and region share, and then the roles that deploy it. Repeated, it changes nothing.
 * @returns exit code
 */
export async function bootstrap(
  infra: Project,
  environment: Environment,
  passedOn: readonly string[],
  setting: Setting,
): Promise<number> {
  checkApproval("bootstrap", passedOn, setting);
  const { states, say } = setting;
  return withGraph([infra], environment.name, setting, async (graph) => {
    const administrators = graph.among(({ id }) => isAdministrators(id, environment));
    const locked = await locksOf(stacksOf(administrators), states);
    if (locked.length > 0) throw new Refusal(locked.map(lockSentence));
    if (environment.state.kind === "s3" && (await ensureStateBucket(environment))) {
      say(`Made the bucket ${stateBucket(environment)}, which ${accountStackId(environment)} takes over.`);
    }
    return deployInTurn(administrators, passedOn, { environment: environment.name }, setting);
  });
}

/** The administrators' stacks apart from the others: they are their caller's, and the others are their team's. */
function apart(placed: readonly PlacedStack[], { environment }: Scope, { environments }: Setting) {
  const named = environmentNamed(environment, environments);
  return {
    administrators: placed.filter(({ id }) => isAdministrators(id, named)),
    others: placed.filter(({ id }) => !isAdministrators(id, named)),
  };
}

function stacksOf(placed: readonly PlacedStack[]): DeployableStack[] {
  return placed.map(({ stack }) => stack);
}

function idsOf(placed: readonly PlacedStack[]): string {
  return placed.map(({ id }) => id).join(", ");
}
