import { accessStackId, accountStackId, type Environment, environmentNamed } from "@demarc/shared/environment";
import { isAdministrators } from "./administrators";
import { missingBucket } from "./checks";
import { recordDestroy } from "./deployed/records";
import type { PlacedStack, StackGraph } from "./graph";
import { locksOf, lockSentence } from "./lock";
import { deleteReturned } from "./log-groups";
import { settingOfOwner } from "./owner";
import { placeOf } from "./place";
import { missingProducers } from "./producers";
import type { Project } from "./projects";
import { Refusal } from "./refusal";
import { recoverAll } from "./releases/recover";
import { checkApproval, run } from "./run";
import { nameOf, type Scope } from "./scope";
import type { Setting } from "./setting";
import type { DeployableStack } from "./stacks";
import { stacksToDestroy, stillNeeded } from "./standing";
import { forget, withGraph } from "./synthesized";

/**
 * Destroys the stacks that a project has in an environment or in one of its clusters, the last made first. The administrators' stacks stay:
 * other environments need the account's, and the bucket in it keeps their states. The other projects are synthesized too: they tell what stands
 * on these stacks.
 * @throws Refusal where a stack that is deployed, and is none of them, needs one of them
 * @returns exit code
 */
export async function destroy(
  project: Project,
  scope: Scope,
  passedOn: readonly string[],
  setting: Setting,
): Promise<number> {
  checkApproval("destroy", passedOn, setting);
  const { environment } = scope;
  // Nothing stands on an app: it has no contract.
  const others = project.kind === "apps" ? [] : setting.projects.filter(({ name }) => name !== project.name);
  return withGraph([project, ...others], environment, setting, async (graph) => {
    forget(graph.projects.filter((one) => one.project.name !== project.name));
    const named = environmentNamed(environment, setting.environments);
    const placed = graph
      .toDestroy(scope.cluster)
      .filter(({ id, target }) => target.project.name === project.name && !isAdministrators(id, named));
    if (placed.length === 0) {
      setting.say(`${project.name} has no stacks in ${nameOf(scope)}`);
      return 0;
    }
    return destroyStacks(placed, graph, { project, scope, passedOn, setting });
  });
}

interface Destruction {
  readonly project: Project;
  readonly scope: Scope;
  readonly passedOn: readonly string[];
  readonly setting: Setting;
}

async function destroyStacks(
  placed: readonly PlacedStack[],
  graph: StackGraph,
  { project, scope, passedOn, setting }: Destruction,
): Promise<number> {
  const { environment } = scope;
  const stacks = placed.map(({ stack }) => stack);
  const owner = await settingOfOwner(setting, { environment, project: project.name, stacks });
  if ((await missingBucket(stacks, owner.states)) !== undefined) {
    setting.say(`${project.name}: nothing is deployed in ${environment}, not even the bucket of its states`);
    return 0;
  }
  const going = stacksToDestroy(placed, graph, setting.say);
  if (going.length === 0) return 0;
  const goingStacks = going.map(({ stack }) => stack);
  await checkNothingIsInTheWay(going, graph, scope, { setting, owner });
  await recoverAll(goingStacks, owner);
  const deployed = await deployedOf(goingStacks, owner.states);
  const variables = await variablesToDestroy(environment, deployed, owner);
  const code = await run("destroy", going, passedOn, environment, { ...owner, variables });
  // A stack that was never deployed made no log groups: what has their names is somebody else's.
  if (code === 0) await deleteReturned(deployed, owner);
  const named = environmentNamed(environment, setting.environments);
  const gone = going.map(({ id }) => id);
  if (code === 0) await recordDestroy(named, project.name, gone, owner.states);
  if (code === 0 && scope.cluster === undefined) tellWhatStays(stacksIn(graph, project), named, setting.say);
  return code;
}

/** What infra's administrators alone take away. */
function tellWhatStays(stacks: readonly PlacedStack[], environment: Environment, say: (line: string) => void): void {
  const [account, access] = [accountStackId(environment), accessStackId(environment)];
  if (stacks.some(({ id }) => id === access))
    say(
      `${access} stays: it has the roles that deploy ${environment.name}, and only infra's administrators take it away.`,
    );
  if (stacks.some(({ id }) => id === account))
    say(
      `${account} stays: it has the bucket of all states of the account and region, and other environments may need it.`,
    );
}

function stacksIn({ stacks }: StackGraph, project: Project): PlacedStack[] {
  return stacks.filter(({ target }) => target.project.name === project.name);
}

/** @throws Refusal with a sentence for every stack that still needs one of these, and every state that somebody holds */
async function checkNothingIsInTheWay(
  going: readonly PlacedStack[],
  graph: StackGraph,
  scope: Scope,
  { setting, owner }: { readonly setting: Setting; readonly owner: Setting },
): Promise<void> {
  // Each state is looked at as the team that owns it, and nothing is done as that team.
  const quiet: Setting = { ...setting, say: () => undefined };
  const statesOf = async ({ stack, target: { project } }: PlacedStack) => {
    const owned = { environment: scope.environment, project: project.name, stacks: [stack] };
    return (await settingOfOwner(quiet, owned)).states;
  };
  const sentences = [
    ...(await stillNeeded(going, scope, graph, statesOf)),
    ...(
      await locksOf(
        going.map(({ stack }) => stack),
        owner.states,
      )
    ).map(lockSentence),
  ];
  if (sentences.length > 0) throw new Refusal(sentences);
}

async function deployedOf(stacks: readonly DeployableStack[], states: Setting["states"]): Promise<DeployableStack[]> {
  const deployed: DeployableStack[] = [];
  for (const stack of stacks) if (await states.isDeployed(stack.state)) deployed.push(stack);
  return deployed;
}

/** A refresh reads the contracts, and fails where their producer has no state: those stacks are then destroyed as their own states say. */
async function variablesToDestroy(
  environment: string,
  deployed: readonly DeployableStack[],
  { variables, states, say }: Setting,
): Promise<NodeJS.ProcessEnv> {
  const missing = await missingProducers(deployed, states, deployed);
  if (missing.length === 0) return variables;
  for (const { reader, state } of missing) {
    const { workspace = "", stackId = "" } = placeOf(environment, state) ?? {};
    say(
      `${reader} reads ${stackId} of ${workspace}, which is gone: it is destroyed as its state says, with no look at what is there.`,
    );
  }
  const given = variables["TF_CLI_ARGS_destroy"] ?? "";
  return { ...variables, TF_CLI_ARGS_destroy: `${given} -refresh=false`.trim() };
}
