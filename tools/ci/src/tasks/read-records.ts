import { deployedProject, type Project, type Setting } from "@demarc/deploy";
import type { Environment } from "@demarc/shared/environment";
import { infra, k8sPlatform } from "@demarc/shared/workspace";
import type { Recorded } from "./tasks";

/** How many records are read at once: of S3, where each takes some 20 ms. */
const AT_ONCE = 32;

/** Reads what is recorded of all workspaces in environments, each as whoever may plan it. */
export async function readRecords(environments: readonly Environment[], setting: Setting): Promise<Recorded[]> {
  const rest = environments.flatMap((environment) => setting.projects.map((project) => ({ environment, project })));
  const all = rest.entries();
  const records: Recorded[] = [];
  const worker = async () => {
    for (const [at, { environment, project }] of all) {
      const { states } = await ownerOf(project, environment, setting);
      const deployed = await deployedProject(environment, project.name, states);
      records[at] = { environment, workspace: project.name, deployed };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return records;
}

async function ownerOf(project: Project, environment: Environment, setting: Setting): Promise<Pick<Setting, "states">> {
  if (setting.actAs === undefined) return setting;
  const owner = { project: project.name, team: teamOf(project, environment, setting) };
  return (await setting.actAs(environment, owner)) ?? setting;
}

function teamOf({ name, kind }: Project, environment: Environment, { apps }: Pick<Setting, "apps">): string {
  if (kind !== "apps") return (kind === "infra" ? infra : k8sPlatform).team(environment);
  const app = apps.find((one) => one.name === name);
  if (app === undefined) throw new Error(`${name} is no registered app: npm run generate`);
  return app.team;
}
