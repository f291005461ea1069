import path from "node:path";
import type { ContractUse } from "@demarc/gate";
import type { Environment } from "@demarc/shared/environment";
import { unambiguousJson } from "@demarc/shared/json";
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

const record = z.object({
  stacks: z.record(z.string(), deploy),
  /** Ids of stacks that a deploy was to make, and that it did not: it failed, or they are planned later. */
  missing: z.array(z.string()).default([]),
});

/** What is deployed of a project in an environment, and what is not yet. */
export type DeployedProject = z.output<typeof record>;

/** What is deployed of a project in an environment: by the stacks' ids, the last deploy of each that went well. */
export type DeployedStacks = Readonly<Record<string, Deploy>>;

/** @returns no stacks where nothing is recorded */
export async function deployedProject(
  environment: Environment,
  project: string,
  states: Pick<States, "file">,
): Promise<DeployedProject> {
  const content = await states.file(deployedRecordOf(environment, project));
  // A team that spoils its own record stops nobody else; its next deploy writes it anew.
  return record.safeParse(unambiguousJson(content?.toString("utf8") ?? "")).data ?? { stacks: {}, missing: [] };
}

/** @returns nothing where nothing is recorded */
export async function deployedStacks(
  environment: Environment,
  project: string,
  states: States,
): Promise<DeployedStacks> {
  return (await deployedProject(environment, project, states)).stacks;
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

/**
 * Records that these stacks are as this deploy wanted them, whether it had to change them or not.
 * @param wanted ids of the stacks that it was to reach beside them. @default none
 */
export async function recordDeploy(
  environment: Environment,
  project: string,
  deployed: readonly DeployedStack[],
  done: Omit<Deploy, "uses">,
  states: States,
  wanted: readonly string[] = [],
): Promise<void> {
  const before = await deployedProject(environment, project, states);
  const recorded = deployed.map(({ id, uses }): [string, Deploy] => [id, { ...done, uses: [...uses] }]);
  const stacks = { ...before.stacks, ...Object.fromEntries(recorded) };
  const missing = [...new Set([...before.missing, ...wanted])].filter((id) => !Object.hasOwn(stacks, id));
  await write(environment, project, { stacks, missing }, states);
}

/** Records that these stacks are no more. */
export async function recordDestroy(
  environment: Environment,
  project: string,
  ids: readonly string[],
  states: States,
): Promise<void> {
  const before = await deployedProject(environment, project, states);
  const isLeft = (id: string) => !ids.includes(id);
  const left = Object.entries(before.stacks).filter(([id]) => isLeft(id));
  if (left.length === Object.keys(before.stacks).length) return;
  const missing = before.missing.filter(isLeft);
  await write(environment, project, { stacks: Object.fromEntries(left), missing }, states);
}

async function write(
  environment: Environment,
  project: string,
  { stacks, missing }: DeployedProject,
  states: States,
): Promise<void> {
  const text = JSON.stringify({ stacks, ...(missing.length === 0 ? {} : { missing }) }, undefined, 2);
  await states.store(deployedRecordOf(environment, project), Buffer.from(text));
}
