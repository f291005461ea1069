import { isDeepStrictEqual } from "node:util";
import { type Finding, findingsText } from "@demarc/gate";
import { environmentNamed } from "@demarc/shared/environment";
import { isAdministrators } from "../administrators";
import { atOnce } from "../at-once";
import { checkBucket } from "../checks";
import type { PlacedStack, StackGraph } from "../graph";
import { locksOf, lockSentence } from "../lock";
import { placeOf } from "../place";
import { type MissingProducer, missingProducers, missingProducerSentence } from "../producers";
import type { Project } from "../projects";
import { Refusal } from "../refusal";
import { nameOf, type Scope } from "../scope";
import type { Setting } from "../setting";
import { forget, withGraph } from "../synthesized";
import { actorsOf } from "./actors";
import { type Found, planOne } from "./found";
import { type Gate, gateOf } from "./gate";
import { type Later, laterOf, readOf } from "./later";
import { save } from "./save";
import { nextStep, planLines } from "./text";

/** Exit codes of `plan`, which are those of `terraform plan -detailed-exitcode`. */
const EXIT = { unchanged: 0, failed: 1, changes: 2 } as const;

/**
 * Plans all that projects have in an environment, and saves what it finds: what is reviewed is what `apply` does. The other projects
 * are synthesized too: they tell who uses what these publish.
 * @returns exit code: 0 nothing to change, 2 something, 1 an error
 */
export function plan(projects: readonly Project[], scope: Scope, setting: Setting): Promise<number> {
  return planInto(projects, scope, setting, {});
}

/** What is done with what a plan finds. */
export interface PlanUse {
  /** Is given it, before its folders go. @default nobody */
  readonly look?: (outcome: PlanOutcome) => Promise<void> | void;
  /** Whether it is saved, to be applied. @default true */
  readonly isSaved?: boolean;
}

/** The same, for whoever has a use of its own for it. */
export async function planInto(
  projects: readonly Project[],
  scope: Scope,
  setting: Setting,
  { look = () => undefined, isSaved = true }: PlanUse,
): Promise<number> {
  // Nobody uses anything of an app's: it has no contract.
  const others = projects.every(({ kind }) => kind === "apps") ? [] : setting.projects;
  return withGraph([...new Set([...projects, ...others])], scope.environment, setting, async (graph) => {
    try {
      const gate = gateOf(environmentNamed(scope.environment, setting.environments), setting);
      const outcome = await planGraph(graph, projects, scope, setting, gate, isSaved);
      await look(outcome);
      return outcome.code;
    } finally {
      // A plan changes no state: there is nothing to save in its folders.
      forget(graph.projects);
    }
  });
}

/** What a plan found. */
export interface PlanOutcome {
  /** 0 nothing to change, 2 something, 1 an error. */
  readonly code: number;
  /** All stacks that it was asked for, each after those that it comes after. */
  readonly placed: readonly PlacedStack[];
  /** All stacks of the environment that were synthesized. */
  readonly graph: StackGraph;
  readonly found: readonly Found[];
  readonly later: readonly Later[];
  readonly findings: readonly Finding[];
  /** Who plans and changes a stack. */
  readonly actorOf: ActorOfPlaced;
  /** By which it is approved. Undefined: nothing was saved. */
  readonly digest?: string;
}

/** Plans stacks that are synthesized and checked. */
export async function planGraph(
  graph: StackGraph,
  projects: readonly Project[],
  scope: Scope,
  setting: Setting,
  gate: Gate,
  isSaved = true,
): Promise<PlanOutcome> {
  const { say } = setting;
  const inScope = stacksInScope(graph, scope, setting);
  const placed = graph.among(({ id, target: { project } }) => inScope.includes(id) && projects.includes(project));
  const actorOf = await actorsOfPlaced(placed, scope, setting);
  const blocked = await undeployed(placed, scope, actorOf);
  const before = laterOf(placed, ({ id }) => blocked.get(id));
  say(`Planning ${nameOf(scope)}, ${String(placed.length - before.length)} of ${String(placed.length)} stacks`);
  const found = await atOnce(without(placed, before), (one) => planOne(one, actorOf(one)));
  const later = laterOf(placed, (one) => blocked.get(one.id) ?? changedRead(one, found));

  for (const line of planLines(placed, found, later)) say(line);
  const outcome = { placed, graph, found, later, actorOf };
  if (found.some(({ fault }) => fault !== undefined)) return { ...outcome, code: EXIT.failed, findings: [] };
  const kept = without(found, later);
  const findings = await gate(kept, graph);
  if (findings.length > 0) say(findingsText(findings));
  if (findings.some(({ verdict }) => verdict === "refused")) return { ...outcome, code: EXIT.failed, findings };
  const isChanged = later.length > 0 || kept.some(({ changes }) => changes !== undefined);
  if (!isChanged) say(`Nothing changes in ${nameOf(scope)}.`);
  const code = isChanged ? EXIT.changes : EXIT.unchanged;
  if (!isSaved) return { ...outcome, code, findings };
  const digest = await save(kept, later, { graph, scope, setting, actorOf });
  say(nextStep(scope, digest, isChanged));
  return { ...outcome, code, findings, digest };
}

/** Ids of the stacks that this caller may plan, of those that are meant. */
export function stacksInScope(graph: StackGraph, { environment, cluster }: Scope, setting: Setting): string[] {
  const named = environmentNamed(environment, setting.environments);
  const ids = graph.toDeploy(cluster).map(({ id }) => id);
  return setting.withoutAdministrators === true ? ids.filter((id) => !isAdministrators(id, named)) : ids;
}

/** Who plans a stack of the graph's. */
type ActorOfPlaced = (placed: PlacedStack) => Setting;

export async function actorsOfPlaced(
  placed: readonly PlacedStack[],
  { environment }: Scope,
  setting: Setting,
): Promise<ActorOfPlaced> {
  const owned = ({ id, stack: { team }, target: { project } }: PlacedStack) => ({ id, project: project.name, team });
  const actorOf = await actorsOf(placed.map(owned), environmentNamed(environment, setting.environments), setting);
  return (one) => actorOf(owned(one));
}

/**
 * Ids of the stacks that read one which is not deployed yet, and which the same deploy makes, with what is said of it.
 * @throws Refusal with all that stops a plan
 */
async function undeployed(
  placed: readonly PlacedStack[],
  scope: Scope,
  actorOf: ActorOfPlaced,
): Promise<ReadonlyMap<string, string>> {
  const [first] = placed;
  const stacks = placed.map(({ stack }) => stack);
  if (first !== undefined) await checkBucket(scope, stacks, actorOf(first).states);
  const looked = await Promise.all(
    placed.map(async (one) => {
      const { states } = actorOf(one);
      const [missing, locked] = await Promise.all([
        missingProducers([one.stack], states),
        locksOf([one.stack], states),
      ]);
      return { missing, locked };
    }),
  );
  const isMade = ({ state }: MissingProducer) => stacks.some((one) => isDeepStrictEqual(one.state, state));
  const missing = looked.flatMap((each) => each.missing);
  const sentences = [
    ...missing.filter((each) => !isMade(each)).map((each) => missingProducerSentence(scope, each)),
    ...looked.flatMap(({ locked }) => locked.map(lockSentence)),
  ];
  if (sentences.length > 0) throw new Refusal(sentences);
  return new Map(
    missing.map(({ reader, state }) => {
      const producer = placeOf(scope.environment, state)?.stackId ?? "a stack";
      return [reader, `reads ${producer}, which is not deployed yet`];
    }),
  );
}

/** What a stack reads is planned to change: its own plan was made of what will be no more. */
function changedRead(placed: PlacedStack, found: readonly Found[]): string | undefined {
  const changed = found.filter(({ changes }) => changes !== undefined && changes.outputs.length > 0);
  const read = readOf(
    placed,
    changed.map(({ placed }) => placed),
  );
  return read && `reads ${read.id}, of which outputs change`;
}

function without<One extends PlacedStack | Found>(all: readonly One[], later: readonly Later[]): One[] {
  const ids = new Set(later.map(({ placed }) => placed.id));
  return all.filter((one) => !ids.has("placed" in one ? one.placed.id : one.id));
}
