import { accountStackId, type Environment, environmentNamed, stateBucket } from "@demarc/shared/environment";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { AUTO_APPROVE, type DeployableOutput, outdirOf, run } from "./run";
import { checkBoundaries, checkBucket, checkReadyToDeploy, checkReadyToPlan, missingBucket } from "./checks";
import { locksOf, lockSentence } from "./lock";
import { deleteReturned } from "./log-groups";
import { StackGraph } from "./graph";
import { placeOf } from "./place";
import { missingProducers } from "./producers";
import type { Project } from "./projects";
import { Refusal } from "./refusal";
import { settingOfOwner } from "./owner";
import { recoverReleases } from "./releases/recover";
import type { Setting } from "./setting";
import { ensureStateBucket } from "./state-bucket";
import { type DeployableStack, synthesizedStacks } from "./stacks";
import { stacksToDestroy } from "./standing";
import { synthesizeProject } from "./synth";

/** Deploys every stack that a project has in an environment. @returns exit code */
export async function deploy(
  project: Project,
  environment: string,
  passedOn: readonly string[],
  setting: Setting,
): Promise<number> {
  checkApproval("deploy", passedOn, setting);
  return withStacks(project, environment, setting, async (output, account) => {
    const owner = await settingOfOwner(setting, output);
    await checkBucket(environment, output.stacks, owner.states);
    if (account.stacks.length > 0) {
      // Nothing is changed where the others could not follow.
      await checkReadyToPlan(environment, [...account.stacks, ...output.stacks], owner.states);
      const code = await deployAccount(account, passedOn, setting);
      if (code !== 0) return code;
    }
    await checkReadyToDeploy(environment, output.stacks, owner);
    await recoverAll(output.stacks, owner);
    return run(["deploy", ...idsOf(output), ...passedOn], output, owner);
  });
}

/** Before all others: what the account stack makes, such as a changed boundary, is what their roles are made within. */
async function deployAccount(
  account: DeployableOutput,
  passedOn: readonly string[],
  setting: Setting,
): Promise<number> {
  await checkBoundaries(account.environment, account.stacks, setting);
  setting.say(`${idsOf(account).join()} comes first, which all environments of the account and region share.`);
  return run(["deploy", ...idsOf(account), ...passedOn], account, setting);
}

/**
 * Destroys every stack that a project has in an environment, the last made first. The account stack stays: other environments need it,
 * and the bucket in it keeps their states.
 * @returns exit code
 */
export async function destroy(
  project: Project,
  environment: string,
  passedOn: readonly string[],
  setting: Setting,
): Promise<number> {
  checkApproval("destroy", passedOn, setting);
  return withStacks(project, environment, setting, async (output, account) => {
    const owner = await settingOfOwner(setting, output);
    if ((await missingBucket(output.stacks, owner.states)) !== undefined) {
      setting.say(`${project.name}: nothing is deployed in ${environment}, not even the bucket of its states`);
      return 0;
    }
    const going = { ...output, stacks: stacksToDestroy(output.stacks, setting.say) };
    if (going.stacks.length === 0) return 0;
    const locked = await locksOf(going.stacks, owner.states);
    if (locked.length > 0) throw new Refusal(locked.map(lockSentence));
    await recoverAll(going.stacks, owner);
    const deployed = await deployedOf(going.stacks, owner.states);
    const variables = await variablesToDestroy(environment, deployed, owner);
    const code = await run(["destroy", ...idsOf(going), ...passedOn], going, { ...owner, variables });
    // A stack that was never deployed made no log groups: what has their names is somebody else's.
    if (code === 0) await deleteReturned(deployed, owner);
    if (code === 0 && account.stacks.length > 0) {
      setting.say(
        `${idsOf(account).join()} stays: it has the bucket of all states of the account and region, and other environments may need it.`,
      );
    }
    return code;
  });
}

async function deployedOf(stacks: readonly DeployableStack[], states: Setting["states"]): Promise<DeployableStack[]> {
  const deployed: DeployableStack[] = [];
  for (const stack of stacks) if (await states.exists(stack.state)) deployed.push(stack);
  return deployed;
}

async function recoverAll(stacks: readonly DeployableStack[], setting: Setting): Promise<void> {
  for (const stack of stacks) for (const sentence of await recoverReleases(stack, setting)) setting.say(sentence);
}

/** A refresh reads the contracts, and fails where their producer has no state: those stacks are then destroyed as their own states say. */
async function variablesToDestroy(
  environment: string,
  deployed: readonly DeployableStack[],
  { variables, states, say }: Setting,
): Promise<NodeJS.ProcessEnv> {
  const missing = await missingProducers(deployed, states);
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

/**
 * Shows what a deploy would change, one stack after another. A stack that reads another one of the same project, which is not
 * deployed yet, can only be planned after it and is named.
 * @returns exit code
 */
export async function diff(
  project: Project,
  environment: string,
  passedOn: readonly string[],
  setting: Setting,
): Promise<number> {
  return withStacks(project, environment, setting, async (output, account) => {
    const owner = await settingOfOwner(setting, output);
    const all = [...account.stacks, ...output.stacks];
    await checkBucket(environment, all, owner.states);
    await checkReadyToPlan(environment, all, owner.states);
    return diffEach({ ...output, stacks: all }, passedOn, (stack) =>
      account.stacks.includes(stack) ? setting : owner,
    );
  });
}

async function diffEach(
  output: DeployableOutput,
  passedOn: readonly string[],
  settingOf: (stack: DeployableStack) => Setting,
): Promise<number> {
  const { environment, stacks } = output;
  let exitCode = 0;
  for (const [index, stack] of stacks.entries()) {
    const setting = settingOf(stack);
    const { states, say } = setting;
    say(`\n${stack.id} (${String(index + 1)} of ${String(stacks.length)})`);
    const [missing] = await missingProducers([stack], states);
    if (missing !== undefined) {
      const producer = placeOf(environment, missing.state)?.stackId ?? "another stack";
      say(
        `It reads ${producer}, which is not deployed yet: all of ${stack.id} will be new, and can be planned after it.`,
      );
      continue;
    }
    const code = await run(["diff", stack.id, ...passedOn], { ...output, stacks: [stack] }, setting);
    exitCode = Math.max(exitCode, code);
  }
  return exitCode;
}

/** Synthesizes a project. @param environment @default all of them. @returns exit code */
export async function synth(project: Project, environment: string | undefined, setting: Setting): Promise<number> {
  return withOutput(project, environment, setting, (checked) => {
    for (const { id } of synthesizedStacks(checked))
      setting.say(`${id}: ${path.relative(process.cwd(), path.join(outdirOf(project), "stacks", id))}`);
    return Promise.resolve(0);
  });
}

/**
 * Synthesizes the stacks that a project has in an environment, and does something with them, where there are any, and with the account
 * stack, which infra alone has.
 * @returns exit code
 */
async function withStacks(
  project: Project,
  environment: string,
  setting: Setting,
  act: (output: DeployableOutput, account: DeployableOutput) => Promise<number>,
): Promise<number> {
  return withOutput(project, environment, setting, async (checked) => {
    const known = environmentNamed(environment, setting.environments);
    const graph = new StackGraph(known, [{ project, checked, stacks: synthesizedStacks(checked) }]);
    const isAccount = ({ id }: DeployableStack) => id === accountStackId(known);
    const all = graph.toDeploy().map(({ stack }) => stack);
    const [account, stacks] = [all.filter(isAccount), all.filter((stack) => !isAccount(stack))];
    if (stacks.length > 0) return act({ environment, checked, stacks }, { environment, checked, stacks: account });
    setting.say(`${project.name} has no stacks in ${environment}`);
    return 0;
  });
}

/**
 * Synthesizes a project into a folder of this run alone. It stays where what is done with it fails: a state that could not be saved
 * is there, and a lock is released there.
 * @param environment @default all of them
 * @returns exit code
 */
async function withOutput(
  project: Project,
  environment: string | undefined,
  setting: Setting,
  act: (checked: string) => Promise<number>,
): Promise<number> {
  const checked = newFolder(project, setting.home);
  let synthesized = false;
  try {
    synthesized = await synthesizeProject(project, { ...setting, environment, outdir: outdirOf(project), checked });
  } finally {
    if (!synthesized) rmSync(checked, { recursive: true, force: true });
  }
  if (!synthesized) return 1;
  const code = await act(checked);
  if (code === 0) rmSync(checked, { recursive: true });
  return code;
}

/** It is made when the synth has ended, by a name that nobody knows before. */
function newFolder({ name }: Project, home: string): string {
  return path.join(home, `${name}-${randomUUID()}`);
}

/** By their ids alone: a pattern would take what it fits to. */
function idsOf({ stacks }: DeployableOutput): string[] {
  return stacks.map(({ id }) => id);
}

/** Without a person and without approval cdktf crashes in the middle of an apply and leaves a lock behind. */
function checkApproval(action: string, passedOn: readonly string[], { terminal }: Setting): void {
  if (terminal || passedOn.includes(AUTO_APPROVE)) return;
  throw new Refusal([
    `Nobody is here to approve what ${action} would do: there is no terminal. Look at the diff first, then give ${AUTO_APPROVE}.`,
  ]);
}

/** Deploys every project in turn, which is their order; stops at the first that fails. @returns exit code */
export async function deployAll(
  projects: readonly Project[],
  environment: string,
  passedOn: readonly string[],
  setting: Setting,
): Promise<number> {
  checkApproval("deploy", passedOn, setting);
  const all: DeployableStack[] = [];
  let valid = true;
  for (const project of projects) {
    const code = await withOutput(project, environment, setting, (checked) => {
      all.push(...synthesizedStacks(checked));
      return Promise.resolve(0);
    });
    if (code !== 0) valid = false;
  }
  if (!valid) return 1;
  // infra's deploy is the first, and makes them with the account stack.
  const account = accountStackId(environmentNamed(environment, setting.environments));
  if (!all.some(({ id }) => id === account)) await checkBoundaries(environment, all, setting);
  for (const [index, project] of projects.entries()) {
    setting.say(`\n${project.name} (${String(index + 1)} of ${String(projects.length)})`);
    const code = await deploy(project, environment, passedOn, setting);
    if (code !== 0) return code;
  }
  return 0;
}

/**
 * Makes what must be there before anything else in an environment's AWS account and region: the bucket of the states and, with
 * it, all that the account stack holds. Repeated, it changes nothing.
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
  return withOutput(infra, environment.name, setting, async (checked) => {
    const id = accountStackId(environment);
    const stacks = synthesizedStacks(checked).filter((stack) => stack.id === id);
    const locked = await locksOf(stacks, states);
    if (locked.length > 0) throw new Refusal(locked.map(lockSentence));
    if (environment.state.kind === "s3" && (await ensureStateBucket(environment))) {
      say(`Made the bucket ${stateBucket(environment)}, which ${id} takes over.`);
    }
    return run(["deploy", id, ...passedOn], { environment: environment.name, checked, stacks }, setting);
  });
}
