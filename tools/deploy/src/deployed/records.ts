import path from "node:path";
import type { ContractUse } from "@demarc/gate";
import type { Environment } from "@demarc/shared/environment";
import { deployedRecordOf, deployedRecordsOf } from "@demarc/shared/state";
import { z } from "zod";
import type { Identity } from "../setting";
import type { States } from "../states";
import { recordedUse, type RecordedUse } from "./uses";

const deploy = z.object({
  /** Commit that was deployed. Undefined: something in the repository was not committed. */
  commit: z.string().optional(),
  at: z.iso.datetime(),
  /** ARN of whoever deployed. */
  by: z.string(),
  /** What it uses of contracts. Undefined: it was recorded before that was. */
  uses: z.array(recordedUse).optional(),
});

/** How a stack came to be as it is. */
export type Deploy = z.output<typeof deploy>;

/** A stack that is as a deploy wanted it. */
export interface DeployedStack {
  readonly id: string;
  readonly uses: readonly RecordedUse[];
}

const record = z.object({ stacks: z.record(z.string(), deploy) });

/** What is deployed of a project in an environment: by the stacks' ids, the last deploy of each that went well. */
export type DeployedStacks = Readonly<Record<string, Deploy>>;

/** @returns nothing where nothing is recorded */
export async function deployedStacks(
  environment: Environment,
  project: string,
  states: States,
): Promise<DeployedStacks> {
  const content = await states.file(deployedRecordOf(environment, project));
  return content === undefined ? {} : record.parse(JSON.parse(content.toString("utf8"))).stacks;
}

/** What the consumers of an environment use of contracts, as they are deployed: those too that this checkout does not know. */
export async function deployedUses(environment: Environment, states: States): Promise<ContractUse[]> {
  const files = await states.files(deployedRecordsOf(environment));
  const projects = files.map((file) => path.basename(file, ".json"));
  const records = await Promise.all(
    projects.map(async (project) => ({ project, stacks: await deployedStacks(environment, project, states) })),
  );
  return records.flatMap(({ project, stacks }) =>
    Object.entries(stacks).flatMap(([consumer, { commit, by, uses = [] }]) =>
      uses.map((use) => ({ ...use, consumer, deployed: { project, commit, by } })),
    ),
  );
}

/** What is recorded of a deploy that ends now. @param setting who deploys @param commit that was deployed */
export async function deployBy(
  { region }: Environment,
  { who }: Pick<Identity, "who">,
  commit: string | undefined,
): Promise<Omit<Deploy, "uses">> {
  return { ...(commit === undefined ? {} : { commit }), at: new Date().toISOString(), by: await who(region) };
}

/** Records that these stacks are as this deploy wanted them, whether it had to change them or not. */
export async function recordDeploy(
  environment: Environment,
  project: string,
  deployed: readonly DeployedStack[],
  done: Omit<Deploy, "uses">,
  states: States,
): Promise<void> {
  const stacks = await deployedStacks(environment, project, states);
  const recorded = deployed.map(({ id, uses }): [string, Deploy] => [id, { ...done, uses: [...uses] }]);
  await write(environment, project, { ...stacks, ...Object.fromEntries(recorded) }, states);
}

/** Records that these stacks are no more. */
export async function recordDestroy(
  environment: Environment,
  project: string,
  ids: readonly string[],
  states: States,
): Promise<void> {
  const stacks = Object.entries(await deployedStacks(environment, project, states));
  const left = stacks.filter(([id]) => !ids.includes(id));
  if (left.length < stacks.length) await write(environment, project, Object.fromEntries(left), states);
}

async function write(environment: Environment, project: string, stacks: DeployedStacks, states: States): Promise<void> {
  const text = JSON.stringify({ stacks }, undefined, 2);
  await states.store(deployedRecordOf(environment, project), Buffer.from(text));
}
