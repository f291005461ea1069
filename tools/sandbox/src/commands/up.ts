import { ensureStateBucket, locksOf, lockSentence, Refusal, States, type SynthesizedStack } from "@demarc/deploy";
import { accountStackId, environmentNamed } from "@demarc/shared/environment";
import { releaseLocks } from "../abandoned";
import { type Outcome, runCdktf } from "../cdktf-run";
import type { Ports } from "../command";
import { failure, stopped } from "../failure";
import { endServers } from "../local-aws/servers";
import { deployed } from "../preflight/prepare";
import { bucketOf, type Session, statesOf, type Surroundings, variablesOf } from "../session";
import { makeTeamRoles } from "../teams";
import { planStacks } from "../terraform/plan";
import { CREDENTIALS } from "../variables";
import { planLine } from "./plan";
import { checkServing, ensureServers, prepareCommand, SPOILT, startAnew } from "./start";
import { summary } from "./summary";

/** Deploys an environment to the local AWS. @returns exit code */
export async function up(name: string, ports: Ports, surroundings: Surroundings): Promise<number> {
  const started = Date.now();
  const { console, layout } = surroundings;
  const environment = environmentNamed(name);
  const prepared = await prepareCommand(`up ${name}`, environment, surroundings, { ports, projects: () => true });
  try {
    const servers = await ensureServers(environment, prepared, surroundings, ports);
    let session: Session = { ...surroundings, ...prepared, environment, servers };
    let result = await deployEverything(session);
    if (result.kind === "spoilt") {
      console.say(SPOILT);
      session = { ...session, servers: await startAnew(environment, prepared, surroundings, ports) };
      result = await deployEverything(session);
    }
    if (result.kind === "deployed") {
      console.say(await summary(session, result.outcomes, Date.now() - started));
      return 0;
    }
    if (result.spoilt) {
      await endServers(layout);
      prepared.claim.settle();
    }
    console.say(result.kind === "stopped" ? stopped(session, result.spoilt) : await failure(session, result.outcome));
    return 1;
  } finally {
    prepared.claim.release();
  }
}

/** `spoilt`: things were made of which no state knows, as Terraform was killed. */
type Result =
  | { readonly kind: "deployed"; readonly outcomes: readonly Outcome[] }
  | { readonly kind: "stopped" | "failed" | "spoilt"; readonly outcome: Outcome; readonly spoilt: boolean };

async function deployEverything(session: Session): Promise<Result> {
  const { environment, servers, projects } = session;
  await makeTeamRoles(environment, servers);
  await ensureStateBucket(environment, { endpoint: servers.awsUrl, credentials: CREDENTIALS });
  const all = deployed(projects).flatMap(({ stacks }) => stacks);
  const states = statesOf(session);
  const locked = await locksOf(all, states);
  if (locked.length > 0) throw new Refusal(locked.map(lockSentence));
  if (await isUnchanged(all, states, session)) return { kind: "deployed", outcomes: [] };

  // All other stacks name a key that is the account's: it is deployed first, alone.
  const account = accountStackId(environment);
  const outcomes: Outcome[] = [];
  for (const target of deployed(projects)) {
    const ids = target.stacks.map(({ id }) => id);
    for (const stacks of [ids.filter((id) => id === account), ids.filter((id) => id !== account)]) {
      if (stacks.length === 0) continue;
      session.console.say(`\nDeploying ${stacks.join(", ")}`);
      const log = `up-${environment.name}-${stacks.includes(account) ? "account" : target.project.name}`;
      const outcome = await runCdktf({ action: "deploy", target, stacks, log }, session);
      const bad = await verdict(outcome, session);
      if (bad !== undefined) return bad;
      outcomes.push(outcome);
    }
  }
  return { kind: "deployed", outcomes };
}

/** Planning everything takes half of the time that an apply without a change does. */
async function isUnchanged(stacks: readonly SynthesizedStack[], states: States, session: Session): Promise<boolean> {
  for (const { state } of stacks) if (!(await states.exists(state))) return false;
  const { console, layout } = session;
  console.say(`\nLooking for changes in ${String(stacks.length)} stacks`);
  const results = await planStacks(stacks, variablesOf(session), layout.logs, (stack, result, milliseconds) => {
    console.say(planLine(stack, result, milliseconds));
  });
  return results.every(({ kind }) => kind === "unchanged");
}

async function verdict(outcome: Outcome, session: Session): Promise<Result | undefined> {
  const { interrupted, succeeded, stacks, work } = outcome;
  await checkServing(session);
  const spoilt = await releaseLocks(work, bucketOf(session));
  if (!spoilt) session.claim.settle();
  if (interrupted) return { kind: "stopped", outcome, spoilt };
  if (spoilt) return { kind: "spoilt", outcome, spoilt };
  if (succeeded && stacks.every(({ phase }) => phase === "done")) return undefined;
  return { kind: "failed", outcome, spoilt };
}
