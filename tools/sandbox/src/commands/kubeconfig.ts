import { Refusal, roleOfTeam } from "@demarc/deploy";
import { allEnvironments, type Environment } from "@demarc/shared/environment";
import { runningClusters } from "../kubeconfig/clusters";
import { contextsOf, kubeconfig as kubeconfigOf, type TeamContext } from "../kubeconfig/kubeconfig";
import { serversState } from "../local-aws/servers";
import type { Surroundings } from "../session";
import { table } from "@demarc/command";

/**
 * Prints a kubeconfig that acts as a team, or which teams there are.
 * @param team undefined: the teams are listed
 * @param environments those that there may be. @default all that are known
 * @returns exit code
 */
export async function kubeconfig(
  team: string | undefined,
  { layout, console }: Surroundings,
  environments: readonly Environment[] = allEnvironments(),
): Promise<number> {
  const state = await serversState(layout);
  if (state.kind !== "serving") throw new Refusal(["No local AWS runs: npm run sandbox starts one."]);
  const contexts = contextsOf(await runningClusters(state.servers, environments));
  if (contexts.length === 0) throw new Refusal(["No cluster runs: npm run sandbox -- up dev deploys one."]);
  if (team === undefined) {
    for (const line of listOf(contexts)) console.say(line);
    console.say("\nOne of them: npm run --silent sandbox -- kubeconfig <team> > kubeconfig");
    return 0;
  }
  const its = contexts.filter((context) => context.team === team);
  const [first] = its;
  if (first === undefined) {
    throw new Refusal([`There is no team "${team}" here; these are the teams:`, ...listOf(contexts)]);
  }
  console.say(kubeconfigOf(its, first.name, layout, state.servers).trimEnd());
  return 0;
}

function listOf(contexts: readonly TeamContext[]): string[] {
  return table(
    ["team", "cluster", "namespace", "role"],
    contexts.map(({ team, cluster }) => [team, cluster.name, team, roleOfTeam(cluster.environment, team)]),
  );
}
