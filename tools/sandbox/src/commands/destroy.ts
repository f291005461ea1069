import { deleteReturned, lastFirst, LogGroups, StackGraph } from "@demarc/deploy";
import { environmentNamed } from "@demarc/shared/environment";
import { failure, stopped } from "../runs/failure";
import { madeByControllers, whatIsLeft } from "../inventory";
import { duration } from "../progress/duration";
import { runAll, wentWell } from "../runs/run-all";
import { retireAccount } from "../runs/retire-account";
import { unprotect } from "../runs/unprotect";
import { bucketOf, type Session, type Surroundings } from "../session";
import { deleteTeamRoles } from "../teams";
import { CREDENTIALS } from "../variables";
import { cleanUp } from "./clean-up";
import { prepareCommand, requireServers, servingOrRefuse } from "./start";

/** Destroys an environment in the local AWS, and asks it what is left. @returns exit code */
export async function destroy(name: string, surroundings: Surroundings): Promise<number> {
  const started = Date.now();
  const environment = environmentNamed(name);
  await servingOrRefuse(environment, surroundings.layout);
  const prepared = await prepareCommand(`destroy ${name}`, environment, surroundings);
  try {
    const servers = await requireServers(environment, prepared, surroundings);
    const session: Session = { ...surroundings, ...prepared, environment, servers };
    if (!(await destroyStacks(session))) return 1;
    await lookForLogGroups(session);

    const others = await otherEnvironments(session);
    if (others.length === 0 && !(await retireAccount(session))) return 1;
    if (others.length === 0) await deleteTeamRoles(environment, servers);
    return await tellWhatIsLeft(session, others, Date.now() - started);
  } finally {
    prepared.claim.release();
  }
}

/** As a destroy of infra does in AWS. Here no minute is waited for them: the stacks that are destroyed after the cluster take longer. */
async function lookForLogGroups({ environment, projects, servers, console }: Session): Promise<void> {
  const stacks = lastFirst(new StackGraph(environment, projects).toDestroy()).map(({ stack }) => stack);
  const logGroups = new LogGroups({ endpoint: servers.awsUrl, credentials: CREDENTIALS }, [0, 2_000]);
  await deleteReturned(stacks, { logGroups, say: console.say });
}

/** What is needed by others last. @returns whether all went well */
async function destroyStacks(session: Session): Promise<boolean> {
  const { environment, projects, servers, console } = session;
  const states = await bucketOf(session).states();
  if (!states.some(({ key, resources }) => key.startsWith(`${environment.name}/`) && resources > 0)) return true;
  console.say(`\nDestroying ${environment.name}`);
  const deployed = new Set(states.flatMap(({ key, resources }) => (resources > 0 ? key : [])));
  const made = async (cluster: string) => {
    const own = new Set((await bucketOf(session).states()).flatMap(({ records }) => records));
    return madeByControllers(servers, { environment: environment.name, cluster, own });
  };
  const placed = lastFirst(new StackGraph(environment, projects).toDestroy());
  for (const { stack } of placed) unprotect(stack.directory);
  const runs = await runAll("destroy", placed, session, {
    waitsFor: cleanUp(environment, made),
    isNeeded: ({ stack: { state } }) => Promise.resolve(state.kind === "s3" && deployed.has(state.key)),
  });
  if (wentWell(runs)) return true;
  console.say(runs.interrupted ? stopped(session, false) : await failure(session, "destroy", runs));
  return false;
}

/** Environments of the same account and region that something is deployed of. */
async function otherEnvironments(session: Session): Promise<string[]> {
  const states = await bucketOf(session).states();
  const names = states.filter(({ resources }) => resources > 0).map(({ key }) => key.split("/")[0] ?? "");
  return [...new Set(names)].filter((name) => name !== "account" && name !== session.environment.name);
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
    console.say("Nothing else is left in the local AWS. It still runs: npm run sandbox -- down ends it.");
    return 0;
  }
  console.say(["Left behind, which should be gone:", ...behind.map((line) => `  ${line}`)].join("\n"));
  return 1;
}
