import path from "node:path";
import { type Project, Refusal } from "@demarc/deploy";
import type { Environment } from "@demarc/shared/environment";
import { releaseLock, waitForAbandoned } from "../runs/abandoned";
import { Claim } from "../runs/claim";
import { existingClusters, resumeControlPlanes } from "../clusters";
import type { Ports } from "../command";
import type { Layout } from "../layout";
import { endServers, type Servers, serversState, startServers } from "../local-aws/servers";
import type { Starting } from "../preflight/memory";
import { type Prepared, prepare, type PrepareOptions, synthesizeAll } from "../preflight/prepare";
import { checkSources } from "../target/choice";
import { runningTarget, targetVariables } from "../target/target-file";
import { cleanVariables } from "../variables";
import { bucketOf, commandFor, type Session, type Surroundings } from "../session";

/**
 * Takes the claim, waits for what a killed command left at work, and looks whether all that is needed is here.
 * @throws Refusal where another command is at work, or something is missing
 */
export async function prepareCommand(
  command: string,
  environment: Environment,
  surroundings: Surroundings,
  options: PrepareOptions = {},
): Promise<Prepared & { readonly claim: Claim }> {
  const { layout, inherited, console } = surroundings;
  refuseLocalState(environment);
  const claim = await Claim.take(layout.claim, command);
  try {
    if (claim.abandoned !== undefined) await waitForAbandoned(claim.abandoned, console);
    return { ...(await prepare(environment, layout, inherited, console.say, await open(options, layout))), claim };
  } catch (error) {
    claim.release();
    throw error;
  }
}

/** What an `up` of those clusters starts. @param names such as `dev-a` */
export async function startingOf(names: readonly string[], { layout }: Surroundings): Promise<Starting> {
  const state = await serversState(layout);
  const beside = state.kind === "serving" ? await existingClusters(state.servers) : [];
  const clusters = names.filter((name) => !beside.includes(name));
  return { clusters, localAws: state.kind !== "serving", beside };
}

/** The options without what servers that run were started with. @throws Refusal where that is not what is asked for */
async function open({ ports, ...options }: PrepareOptions, layout: Layout): Promise<PrepareOptions> {
  if ((await serversState(layout)).kind !== "serving") return ports === undefined ? options : { ...options, ports };
  const running = runningTarget(layout);
  checkSources(running, options.sources);
  return { ...options, running };
}

/** A state in a folder would be taken for that of real resources, and they for gone. */
function refuseLocalState({ name, state }: Environment): void {
  if (state.kind === "s3") return;
  throw new Refusal([
    `${name} keeps its states in a folder, where those of a sandbox would take the place of real ones: the sandbox takes environments whose state.kind is "s3" only.`,
  ]);
}

/** Said where a state was lost. Import is no way back: it would need the id of each thing that was made. */
export const SPOILT =
  "\nTerraform was killed before it saved what it had made, and nobody knows all that is in the local AWS: it starts anew, empty.";

/** The local AWS that serves, or a new and empty one. */
export async function ensureServers(
  environment: Environment,
  prepared: Prepared & { readonly claim: Claim },
  surroundings: Surroundings,
  ports: Ports,
): Promise<Servers> {
  const { layout, console } = surroundings;
  const state = await serversState(layout);
  if (state.kind === "serving") {
    checkServes(environment, state.servers, ports);
    if (!(await isSpoilt({ ...surroundings, ...prepared, environment, servers: state.servers }))) {
      await resumeControlPlanes(state.servers, surroundings);
      return state.servers;
    }
    console.say(SPOILT);
  }
  if (state.kind === "broken")
    console.say("The local AWS has ended, and all that was deployed to it is gone: it starts anew.");
  return startAnew(environment, prepared, surroundings, ports);
}

/** The local AWS that serves, with all that its stacks need. @throws Refusal where none does, or nobody knows any more what is in it */
export async function requireServers(
  environment: Environment,
  prepared: Prepared & { readonly claim: Claim },
  surroundings: Surroundings,
): Promise<Servers> {
  const servers = await servingOrRefuse(environment, surroundings.layout);
  checkServes(environment, servers, {});
  if (await isSpoilt({ ...surroundings, ...prepared, environment, servers })) {
    await endServers(surroundings.layout);
    prepared.claim.settleAll();
    throw new Refusal([
      `A deploy was killed before it saved what it had made, so the local AWS was ended; ${wayOut(environment)}`,
    ]);
  }
  await prepared.builds.done(surroundings.console.say);
  await resumeControlPlanes(servers, surroundings);
  return servers;
}

/** @throws Refusal where no local AWS serves */
export async function servingOrRefuse(environment: Environment, layout: Layout): Promise<Servers> {
  const state = await serversState(layout);
  if (state.kind === "serving") return state.servers;
  throw new Refusal([
    state.kind === "none"
      ? `The local AWS does not run; ${wayOut(environment)}`
      : `The local AWS has ended, and all that was deployed to it is gone; ${wayOut(environment)}`,
  ]);
}

function wayOut({ name }: Environment): string {
  return `start it: npm run sandbox -- up ${name}`;
}

/** @throws Refusal where the local AWS has ended since the session began */
export async function checkServing(session: Session): Promise<void> {
  const { layout, claim } = session;
  if ((await serversState(layout)).kind === "serving") return;
  claim.settleAll();
  throw new Refusal([
    `The local AWS has ended meanwhile, and all that was deployed to it is gone (why: the end of ${path.relative(layout.root, layout.logs)}/judge.log, aws.log and eks.log). Start it anew: ${commandFor("up", session)}`,
  ]);
}

/** Ends the local AWS, where one runs, and starts another. */
export async function startAnew(
  environment: Environment,
  prepared: Prepared & { readonly claim: Claim },
  { layout, inherited, console }: Surroundings,
  ports: Ports,
): Promise<Servers> {
  const { python, controlPlanes, choice, claim, projects } = prepared;
  await endServers(layout);
  claim.settleAll();
  console.say("Starting the local AWS …");
  const { account, region } = environment;
  const servers = await startServers({ layout, account, region, python, ports, controlPlanes, choice, inherited });
  await aimAtTarget(environment, projects, { layout, inherited });
  return servers;
}

/** Synthesizes anew, into the same folders: the address of the stand-in charts is not known before they are served. */
async function aimAtTarget(
  environment: Environment,
  projects: Prepared["projects"],
  { layout, inherited }: Pick<Surroundings, "layout" | "inherited">,
): Promise<void> {
  const names = projects.map(({ project }) => project.name);
  const variables = { ...cleanVariables(layout, inherited), ...targetVariables(layout) };
  const wanted = ({ name }: Project) => names.includes(name);
  if ((await synthesizeAll(environment, layout, { wanted, variables })) !== undefined) return;
  throw new Refusal([`${environment.name} cannot be synthesized for the sandbox: see above.`]);
}

async function isSpoilt(session: Session): Promise<boolean> {
  const { claim } = session;
  const runs = claim.abandoned?.runs ?? [];
  const spoilt = await Promise.all(runs.map((run) => releaseLock(run, bucketOf(session))));
  runs
    .filter((_, index) => spoilt[index] === false)
    .forEach((run) => {
      claim.settle(run);
    });
  return spoilt.includes(true);
}

function checkServes({ name, account, region }: Environment, servers: Servers, ports: Ports): void {
  if (account !== servers.account || region !== servers.region) {
    throw new Refusal([
      `The local AWS that runs is account ${servers.account} in ${servers.region}, and ${name} is of account ${account} in ${region}: end it first (npm run sandbox -- down).`,
    ]);
  }
  const served = { aws: Number(new URL(servers.awsUrl).port), eks: Number(new URL(servers.eksUrl).port) };
  for (const server of ["aws", "eks"] as const) {
    const asked = ports[server];
    if (asked === undefined || asked === served[server]) continue;
    throw new Refusal([
      `--${server}-port asks for ${String(asked)}, but the local AWS that runs has ${String(served[server])}: end it first (npm run sandbox -- down).`,
    ]);
  }
}
