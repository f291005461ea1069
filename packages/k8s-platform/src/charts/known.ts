import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Json } from "@demarc/shared/json";
import { z } from "zod";
import type { Chart } from "../versions";

const knownChart = z.object({
  version: z.string(),
  repository: z.string(),
  /** Whether the chart itself refuses values that are of another type. */
  strict: z.boolean(),
  /** By the value's path, such as `image.tag`. A value of type `list` or `object` is rendered whole, with whatever is in it. */
  values: z.record(
    z.string(),
    z.object({ type: z.string(), default: z.unknown().optional(), enum: z.array(z.unknown()).optional() }),
  ),
  rbac: z.object({
    /** Topmost values that decide it, and what the platform gave them when it was read. */
    decidedBy: z.array(z.string()),
    with: z.record(z.string(), z.unknown()),
  }),
});

/** What is known of a chart in the pinned version: names, types, defaults and rules, which `npm run upstream` reads. */
export type KnownChart = z.output<typeof knownChart>;

const ANYTHING: KnownChart["values"] = { "": { type: "any" } };

const read = new Map<string, KnownChart | undefined>();

let unread = false;

/** What is built while nothing need be known of a chart, by `npm run upstream`: a chart takes all values, and has no custom resources. */
export function beforeChartsAreRead<T>(build: () => T): T {
  unread = true;
  try {
    return build();
  } finally {
    unread = false;
  }
}

/** @throws Error where nothing is known of the chart in that version */
export function knownChartOf({ name, version }: Pick<Chart, "name" | "version">): KnownChart {
  if (unread) return { version, repository: "", strict: false, values: ANYTHING, rbac: { decidedBy: [], with: {} } };
  if (!read.has(name)) read.set(name, dataOf(name));
  const known = read.get(name);
  if (known?.version !== version) {
    const others = known === undefined ? "nothing is known of it" : `only ${known.version} is known`;
    throw new Error(`the chart ${name} is pinned to ${version}, but ${others}: run \`npm run upstream\``);
  }
  return known;
}

function dataOf(chart: string): KnownChart | undefined {
  const data = contentOf(`${chart}.json`);
  return data === undefined ? undefined : knownChart.parse(data);
}

function contentOf(name: string): unknown {
  const file = path.join(__dirname, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

const definitions = z.array(
  z
    .object({
      apiVersion: z.literal("apiextensions.k8s.io/v1"),
      kind: z.literal("CustomResourceDefinition"),
      metadata: z.object({ name: z.string(), annotations: z.record(z.string(), z.string()).optional() }),
    })
    // The file is JSON: to look into all of it tells nothing more.
    .catchall(z.custom<Json>()),
);

type Definitions = Readonly<z.output<typeof definitions>>;

const readDefinitions = new Map<string, Definitions>();

/** The custom resource definitions of a chart in the pinned version, whole but for their descriptions. */
export function crdsOf(chart: Pick<Chart, "name" | "version">): Definitions {
  knownChartOf(chart);
  if (unread) return [];
  const known = readDefinitions.get(chart.name) ?? definitions.parse(contentOf(`${chart.name}.crds.json`) ?? []);
  readDefinitions.set(chart.name, known);
  return known;
}
