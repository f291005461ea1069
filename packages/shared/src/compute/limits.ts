import type { ComputeKind, Environment } from "../environment";
import { fargate } from "./fargate/fargate";
import type { ComputeLimits, Findings } from "./findings";
import { writtenObjects } from "./written-objects";

/** By kind; what is not here runs whatever Kubernetes takes. */
const limits: Readonly<Partial<Record<ComputeKind, ComputeLimits>>> = { fargate };

/**
 * All that the cluster of a stack could not run, and what it would run otherwise than asked, a line each: place, rule and way out.
 * @param id of the stack @param cluster its short id; undefined: the stack is of none @param json content of its cdk.tf.json
 */
export function computeFindings(
  id: string,
  { clusters }: Pick<Environment, "clusters">,
  cluster: string | undefined,
  json: unknown,
): Findings {
  const kind = new Map(Object.entries(clusters)).get(cluster ?? "")?.compute.kind;
  const of = kind === undefined ? undefined : limits[kind];
  if (of === undefined) return { problems: [], warnings: [] };
  const found = writtenObjects(json).map((object) => ({ object, ...of.findings(object) }));
  const lines = (which: keyof Findings) =>
    found.flatMap(({ object, [which]: said }) => said.map((message) => `${id}: ${object.called}: ${message}`));
  return { problems: lines("problems"), warnings: lines("warnings") };
}
