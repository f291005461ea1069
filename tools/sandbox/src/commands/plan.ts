import { checkCluster, type DeployableStack, missingProducers, type Planned, type Scope } from "@demarc/deploy";
import { environmentNamed } from "@demarc/shared/environment";
import { runningClusterSummaries } from "../clusters";
import { variablesOfStack } from "../runs/identity";
import { duration } from "../progress/duration";
import { clusterNamesOf, type Session, stacksToDeploy, statesOf, type Surroundings } from "../session";
import { planStacks } from "../terraform/plan";
import { shortageLines } from "./cluster-lines";
import { prepareCommand, requireServers, servingOrRefuse } from "./start";

/** Exit codes of `plan`, which are those of `terraform plan -detailed-exitcode`. */
const EXIT = { unchanged: 0, failed: 1, changes: 2 } as const;

/** Shows what a deploy would change in the local AWS. @returns 0 nothing, 2 something, 1 error */
export async function plan({ environment: name, cluster }: Scope, surroundings: Surroundings): Promise<number> {
  const environment = environmentNamed(name);
  checkCluster(environment, cluster);
  await servingOrRefuse(environment, surroundings.layout);
  const prepared = await prepareCommand(`plan ${name}`, environment, surroundings);
  try {
    const servers = await requireServers(environment, prepared, surroundings);
    return await planEverything({ ...surroundings, ...prepared, environment, cluster, servers });
  } finally {
    prepared.claim.release();
  }
}

async function planEverything(session: Session): Promise<number> {
  const { console, layout } = session;
  const all = stacksToDeploy(session).map(({ stack }) => stack);
  const missing = await missingProducers(all, statesOf(session));
  const blocked = new Set(missing.map(({ reader }) => reader));
  for (const id of blocked)
    console.say(`  ${id}  all new: it reads a stack that is not deployed yet, and is planned after it`);

  const plannable = all.filter(({ id }) => !blocked.has(id));
  const variables = (stack: DeployableStack) => variablesOfStack(session, stack, "plan");
  const results = await planStacks(plannable, variables, layout, (stack, result, milliseconds) => {
    console.say(planLine(stack, result, milliseconds));
    if (result.kind !== "unchanged") console.say(`\n${result.text}\n`);
  });
  for (const line of await shortages(session)) console.say(line);
  if (results.some(({ kind }) => kind === "failed")) return EXIT.failed;
  return blocked.size > 0 || results.some(({ kind }) => kind === "changes") ? EXIT.changes : EXIT.unchanged;
}

/** What the clusters lack though their releases say that all is there: a plan compares releases, and does not look at pods. */
async function shortages(session: Session): Promise<string[]> {
  const running = await runningClusterSummaries(session.servers);
  const own = clusterNamesOf(session);
  const lines = running.filter(({ name }) => own.includes(name)).flatMap(shortageLines);
  return lines.length === 0 ? [] : ["", ...lines];
}

/** One stack's plan in one line. */
export function planLine({ id }: DeployableStack, result: Planned, milliseconds: number): string {
  const found = { unchanged: "no change", failed: "failed", changes: result.kind === "changes" ? result.summary : "" };
  return `  ${id}  ${found[result.kind]}  ${duration(milliseconds)}`;
}
