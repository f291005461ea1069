import {
  checkCluster,
  deleteReturned,
  lastFirst,
  LogGroups,
  nameOf,
  protections,
  Refusal,
  type Scope,
  StackGraph,
  stillNeeded,
} from "@demarc/deploy";
import { allEnvironments, clusterName, environmentNamed } from "@demarc/shared/environment";
import { failure, stopped } from "../runs/failure";
import { environmentsIn } from "../local-aws/servers";
import { madeByControllers, whatIsLeft, whatIsLeftOf } from "../inventory";
import { duration } from "../progress/duration";
import { runAll, wentWell } from "../runs/run-all";
import { retireAccount } from "../runs/retire-account";
import { bucketOf, scopeOf, type Session, statesOf, type Surroundings } from "../session";
import { deleteTeamRoles } from "../teams";
import { CREDENTIALS } from "../variables";
import { cleanUp } from "./clean-up";
import { prepareCommand, requireServers, servingOrRefuse } from "./start";

const END_ALL = "To throw away all that runs, settings or not: npm run sandbox -- down";

/** Destroys an environment in the local AWS, or one cluster of it, and asks what is left. @returns exit code */
export async function destroy({ environment: name, cluster }: Scope, surroundings: Surroundings): Promise<number> {
  const started = Date.now();
  const environment = environmentNamed(name);
  checkCluster(environment, cluster);
  await servingOrRefuse(environment, surroundings.layout);
  const prepared = await prepareCommand(`destroy ${name}`, environment, surroundings);
  try {
    const servers = await requireServers(environment, prepared, surroundings);
    const session: Session = { ...surroundings, ...prepared, environment, cluster, servers };
    if (!(await destroyStacks(session))) return 1;
    await lookForLogGroups(session);
    if (cluster !== undefined) return await tellWhatIsLeftOf(cluster, session, Date.now() - started);

    const others = await otherEnvironments(session);
    if (others.length === 0 && !(await retireAccount(session))) return 1;
    // One that was destroyed before may have had other teams, whose roles stayed with the account.
    if (others.length === 0) await deleteTeamRoles(environmentsIn(servers, allEnvironments()), servers);
    return await tellWhatIsLeft(session, others, Date.now() - started);
  } finally {
    prepared.claim.release();
  }
}

/** As a destroy of infra does in AWS. Here no minute is waited for them: the stacks that are destroyed after the cluster take longer. */
async function lookForLogGroups({ environment, cluster, projects, servers, console }: Session): Promise<void> {
  const stacks = new StackGraph(environment, projects).toDestroy(cluster).map(({ stack }) => stack);
  const logGroups = new LogGroups({ endpoint: servers.awsUrl, credentials: CREDENTIALS }, [0, 2_000]);
  await deleteReturned(stacks, { logGroups, say: console.say });
}

/** What is needed by others last. @returns whether all went well */
async function destroyStacks(session: Session): Promise<boolean> {
  const { environment, cluster, projects, servers, console } = session;
  const states = await bucketOf(session).states();
  if (!states.some(({ key, resources }) => key.startsWith(`${environment.name}/`) && resources > 0)) return true;
  const graph = new StackGraph(environment, projects);
  const going = graph.toDestroy(cluster);
  const scope = scopeOf(session);
  const looked = statesOf(session);
  const needed = await stillNeeded(going, scope, graph, () => Promise.resolve(looked));
  if (needed.length > 0) throw new Refusal(needed);
  const kept = protections(going);
  // A real destroy takes away the rest: here it would be half of an environment that is all to be thrown away.
  if (kept.length > 0) throw new Refusal([...kept, `Nothing of ${nameOf(scope)} was destroyed. ${END_ALL}`]);
  console.say(`\nDestroying ${nameOf(scope)}`);
  const deployed = new Set(states.flatMap(({ key, resources }) => (resources > 0 ? key : [])));
  const made = async (cluster: string) =>
    madeByControllers(servers, { environment: environment.name, cluster, own: await recordsOfStacks(session) });
  const placed = lastFirst(going);
  const runs = await runAll("destroy", placed, session, {
    waitsFor: cleanUp(environment, made),
    isNeeded: ({ stack: { state } }) => Promise.resolve(state.kind === "s3" && deployed.has(state.key)),
  });
  if (wentWell(runs)) return true;
  console.say(runs.interrupted ? stopped(session, false) : await failure(session, "destroy", runs));
  return false;
}

async function recordsOfStacks(session: Session): Promise<ReadonlySet<string>> {
  return new Set((await bucketOf(session).states()).flatMap(({ records }) => records));
}

/** Environments of the same account and region that something is deployed of. */
async function otherEnvironments(session: Session): Promise<string[]> {
  const states = await bucketOf(session).states();
  const names = states.filter(({ resources }) => resources > 0).map(({ key }) => key.split("/")[0] ?? "");
  return [...new Set(names)].filter((name) => name !== "account" && name !== session.environment.name);
}

async function tellWhatIsLeftOf(cluster: string, session: Session, milliseconds: number): Promise<number> {
  const { environment, servers, console } = session;
  const own = await recordsOfStacks(session);
  const of = { environment: environment.name, cluster: clusterName(environment, cluster), own };
  const left = await whatIsLeftOf(servers, of);
  console.say(
    `\nCluster ${cluster} of ${environment.name} is destroyed, in ${duration(milliseconds)}. All else stays.`,
  );
  if (left.length === 0) return 0;
  console.say(["Left behind, which should be gone:", ...left.map((line) => `  ${line}`)].join("\n"));
  return 1;
}

async function tellWhatIsLeft(
  { environment, servers, console }: Session,
  others: readonly string[],
  milliseconds: number,
) {
  const { behind, kept } = await whatIsLeft(servers, others.length === 0 ? undefined : environment.name);
  console.say(`\n${environment.name} is destroyed, in ${duration(milliseconds)}.`);
  if (others.length > 0) console.say(`The account stays, for ${others.join(", ")}.`);
  if (kept.length > 0) console.say(["What is kept, and why:", ...kept.map((line) => `  ${line}`)].join("\n"));
  if (behind.length === 0) {
    const what = others.length === 0 ? "Nothing else" : `Nothing else of ${environment.name}`;
    console.say(`${what} is left in the local AWS. It still runs: npm run sandbox -- down ends it.`);
    return 0;
  }
  console.say(["Left behind, which should be gone:", ...behind.map((line) => `  ${line}`)].join("\n"));
  return 1;
}
