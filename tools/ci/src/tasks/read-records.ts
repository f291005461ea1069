import { deployedProject, type Setting, settingOfEnvironment } from "@demarc/deploy";
import type { Environment } from "@demarc/shared/environment";
import type { Recorded } from "./tasks";

/** How many records are read at once: of S3, where each takes some 20 ms. */
const AT_ONCE = 32;

/** Reads what is recorded of all workspaces in environments, as whoever keeps what is no one workspace's. */
export async function readRecords(environments: readonly Environment[], setting: Setting): Promise<Recorded[]> {
  const rest: { environment: Environment; workspace: string; states: Setting["states"] }[] = [];
  for (const environment of environments) {
    const { states } = await settingOfEnvironment(environment, setting);
    rest.push(...setting.projects.map(({ name }) => ({ environment, workspace: name, states })));
  }
  const all = rest.entries();
  const records: Recorded[] = [];
  const worker = async () => {
    for (const [at, { states, environment, workspace }] of all) {
      records[at] = { environment, workspace, deployed: await deployedProject(environment, workspace, states) };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return records;
}
