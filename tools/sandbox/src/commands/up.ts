import { checkCluster, ensureStateBucket, locksOf, lockSentence, Refusal, type Scope } from "@demarc/deploy";
import { environmentNamed } from "@demarc/shared/environment";
import type { Ports } from "../command";
import { failure, stopped } from "../runs/failure";
import { needsOf } from "../runs/needs";
import { endServers } from "../local-aws/servers";
import type { Sources } from "../providers/mirror";
import { type Runs, runAll, wentWell } from "../runs/run-all";
import { clusterNamesOf, type Session, stacksToDeploy, statesOf, type Surroundings } from "../session";
import { keepLastUp, takenCounts } from "../calls/last-up";
import { makeTeamRoles } from "../teams";
import { CREDENTIALS } from "../variables";
import { announcement } from "./announcement";
import { Changes } from "./changes";
import { ensureServers, prepareCommand, SPOILT, startAnew, startingOf } from "./start";
import { summary } from "./summary";

/** What the servers are started with, where none run. */
export interface UpOptions {
  readonly ports: Ports;
  /** Where providers and charts come from. @default from where they can be had */
  readonly sources?: Sources;
}

/** Deploys an environment to the local AWS. @returns exit code */
export async function up(
  { environment: name, cluster }: Scope,
  { ports, sources }: UpOptions,
  surroundings: Surroundings,
): Promise<number> {
  const started = Date.now();
  const { console, layout } = surroundings;
  const environment = environmentNamed(name);
  checkCluster(environment, cluster);
  const starting = await startingOf(clusterNamesOf({ environment, cluster }), surroundings);
  const prepared = await prepareCommand(`up ${name}`, environment, surroundings, { ports, sources, starting });
  try {
    const servers = await ensureServers(environment, prepared, surroundings, ports);
    let before = await takenCounts(servers);
    let session: Session = { ...surroundings, ...prepared, environment, cluster, servers };
    let runs = await deployEverything(session);
    if (runs.spoilt && !runs.interrupted) {
      console.say(SPOILT);
      session = { ...session, servers: await startAnew(environment, prepared, surroundings, ports) };
      before = await takenCounts(session.servers);
      runs = await deployEverything(session);
    }
    if (wentWell(runs)) {
      await prepared.builds.done(console.say);
      const milliseconds = Date.now() - started;
      const judging = (await takenCounts(session.servers)).seconds - before.seconds;
      keepLastUp(layout, { endedAt: new Date().toISOString(), seconds: milliseconds / 1000, judging });
      console.say(await summary(session, runs.outcomes, milliseconds));
      return 0;
    }
    if (runs.spoilt) {
      await endServers(layout);
      prepared.claim.settleAll();
    }
    console.say(runs.interrupted ? stopped(session, runs.spoilt) : await failure(session, "deploy", runs));
    return 1;
  } finally {
    await prepared.builds.stop();
    prepared.claim.release();
  }
}

async function deployEverything(session: Session): Promise<Runs> {
  const { environment, servers, console, builds } = session;
  await makeTeamRoles(environment, servers);
  await ensureStateBucket(environment, { endpoint: servers.awsUrl, credentials: CREDENTIALS });
  const stacks = stacksToDeploy(session);
  const locked = await locksOf(
    stacks.map(({ stack }) => stack),
    statesOf(session),
  );
  if (locked.length > 0) throw new Refusal(locked.map(lockSentence));

  const changes = await Changes.in(stacks, session);
  if (changes.none) return { outcomes: [], notReached: [], interrupted: false, spoilt: false };
  for (const line of announcement(environment.name, builds.pending)) console.say(line);
  return runAll("deploy", stacks, session, {
    isNeeded: (placed) => changes.concern(placed),
    waitsFor: (placed) => Promise.resolve(builds.waitsFor(needsOf(placed))),
  });
}
