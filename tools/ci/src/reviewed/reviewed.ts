import type { PlanOutcome, Setting } from "@demarc/deploy";
import type { Environment } from "@demarc/shared/environment";
import { savedPlanOf } from "@demarc/shared/state";
import { unambiguousJson } from "@demarc/shared/json";
import { z } from "zod";
import { fingerprintOf } from "./fingerprint";

/** What was shown to reviewers of one workspace: by the stacks' ids, the fingerprint of what is done with each. */
const reviewed = z.object({ stacks: z.record(z.string(), z.string()) });

/** By the ids of the stacks that change. */
export type Fingerprints = Readonly<Record<string, string>>;

/** What a plan does with each stack that it changes. What is planned later is not known yet, and nobody has seen it. */
function fingerprintsOf({ found, later }: Pick<PlanOutcome, "found" | "later">): Fingerprints {
  const isLater = (id: string) => later.some(({ placed }) => placed.id === id);
  return Object.fromEntries(
    found.flatMap(({ placed: { id }, plan }) =>
      plan === undefined || isLater(id) ? [] : [[id, fingerprintOf(plan)] as const],
    ),
  );
}

/** Where it is kept what was reviewed of a workspace, by what the repository's files were. */
function place(environment: Environment, workspace: string, tree: string) {
  return savedPlanOf(environment, workspace, "reviewed", `${tree}.json`);
}

/** Keeps what a plan of these files does, each workspace's by itself: its own roles may write there, and no other's. */
export async function keepReviewed(environment: Environment, tree: string, outcome: PlanOutcome): Promise<void> {
  const all = fingerprintsOf(outcome);
  for (const name of new Set(outcome.placed.map(({ target }) => target.project.name))) {
    const own = outcome.placed.filter(({ target }) => target.project.name === name);
    const [first] = own;
    if (first === undefined) continue;
    const stacks = Object.fromEntries(Object.entries(all).filter(([id]) => own.some((placed) => placed.id === id)));
    const text = JSON.stringify({ stacks }, undefined, 2);
    await outcome.actorOf(first).states.store(place(environment, name, tree), Buffer.from(text));
  }
}

/** Stacks that a plan changes otherwise than was reviewed for these files, or that nobody has seen. */
export async function notReviewed(environment: Environment, tree: string, outcome: PlanOutcome): Promise<string[]> {
  const known = new Map<string, Fingerprints>();
  const differing: string[] = [];
  for (const [id, fingerprint] of Object.entries(fingerprintsOf(outcome))) {
    const placed = outcome.placed.find((one) => one.id === id);
    if (placed === undefined) continue;
    const { name } = placed.target.project;
    const seen = known.get(name) ?? (await read(environment, name, tree, outcome.actorOf(placed)));
    known.set(name, seen);
    if (seen[id] !== fingerprint) differing.push(id);
  }
  return differing;
}

async function read(
  environment: Environment,
  workspace: string,
  tree: string,
  { states }: Pick<Setting, "states">,
): Promise<Fingerprints> {
  const content = await states.file(place(environment, workspace, tree));
  // What cannot be read was not reviewed.
  return reviewed.safeParse(unambiguousJson(content?.toString("utf8") ?? "")).data?.stacks ?? {};
}
