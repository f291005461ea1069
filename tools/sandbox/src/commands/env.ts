import { writeFileSync } from "node:fs";
import path from "node:path";
import { AS_TEAMS_VARIABLE, Refusal } from "@demarc/deploy";
import { allEnvironments, type Environment } from "@demarc/shared/environment";
import { contextsOf, kubeconfig, type TeamContext, usualContext } from "../kubeconfig/kubeconfig";
import { environmentsIn, type Servers, serversState } from "../local-aws/servers";
import { findTerraform } from "../preflight/programs";
import type { Surroundings } from "../session";
import { runningClusters } from "../kubeconfig/clusters";
import { credentialsOfTeam } from "../teams";
import { cleanVariables, exportsOf, providerLockVariables, sandboxVariables } from "../variables";

/**
 * Prints what leads a shell's aws, terraform, cdktf and deploys to the local AWS.
 *
 * @param team whose role they act as, for an hour. @default an administrator, whom the judge does not judge. A deploy by nx or npm takes
 * the role of each workspace
 * @param environments those that there may be. @default all that are known
 * @returns exit code
 */
export async function env(
  team: string | undefined,
  { layout, inherited, console }: Surroundings,
  environments: readonly Environment[] = allEnvironments(),
): Promise<number> {
  const state = await serversState(layout);
  if (state.kind !== "serving") throw new Refusal(["No local AWS runs: npm run sandbox starts one."]);
  const clean = cleanVariables(layout, inherited);
  const terraform = await findTerraform(clean);
  if ("lacking" in terraform) throw new Refusal([terraform.lacking]);

  const changed = Object.entries(clean).filter(([name, value]) => name !== "PATH" && inherited[name] !== value);
  const variables = {
    ...Object.fromEntries(changed),
    ...sandboxVariables(layout, state.servers),
    ...providerLockVariables(layout, terraform.platform),
    ...(await actorVariables(team, state.servers, environments)),
    // Without a cluster too: kubectl would take the user's own file, and so a real one.
    KUBECONFIG: layout.kubeconfig,
  };
  const contexts = contextsOf(await runningClusters(state.servers, environments));
  const current = contexts.find((context) => context.team === team)?.name ?? usualContext(contexts);
  writeFileSync(layout.kubeconfig, kubeconfig(contexts, current, layout, state.servers), { mode: 0o600 });
  console.say(
    team === undefined
      ? "# npx nx deploy and npm run deploy act by each workspace's own roles. aws, terraform and cdktf act as an administrator, whom IAM does not judge; as a team: npm run sandbox -- env <team>"
      : `# aws acts as ${team}, which IAM judges, for an hour; npx nx deploy by the roles of ${team}'s own workspaces, which ${team} may take.`,
  );
  console.say(
    current === undefined
      ? "# No cluster runs yet: kubectl finds none until this is asked again."
      : `# kubectl acts as ${current}; as another team: kubectl --context ${others(contexts, current)}`,
  );
  // npm has put folders of its own on the PATH that is known here: the shell adds to its own.
  const isFound = (inherited["PATH"] ?? "").split(path.delimiter).includes(layout.bin);
  if (!isFound) console.say(`export PATH='${layout.bin}':"$PATH"`);
  for (const line of exportsOf(variables, inherited)) console.say(line);
  return 0;
}

/** Who acts: a team of an environment of this account and region, or the administrator. Both deploy by the workspaces' roles. */
export async function actorVariables(
  team: string | undefined,
  servers: Pick<Servers, "account" | "awsUrl" | "eksUrl" | "region">,
  environments: readonly Environment[],
): Promise<Record<string, string>> {
  const asTeams = { [AS_TEAMS_VARIABLE]: "1" };
  if (team === undefined) return asTeams;
  const { account, region } = servers;
  const here = environmentsIn(servers, environments);
  const environment = here.find(({ teams }) => Object.hasOwn(teams, team)) ?? here[0];
  if (environment === undefined) throw new Refusal([`No environment is in account ${account}, ${region}.`]);
  return { ...asTeams, ...(await credentialsOfTeam(environment, team, servers)) };
}

function others(contexts: readonly TeamContext[], current: string): string {
  return contexts.flatMap(({ name }) => (name === current ? [] : name)).join("|");
}
