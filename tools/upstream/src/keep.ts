import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { ChartDescription } from "./charts";
import type { PinnedProvider, PinnedRelease } from "./pinned";
import type { ProviderDescription } from "./providers";
import { answerOf } from "./run";
import type { SensitiveDescription } from "./sensitive";

/** Something that is to be had and must not be kept. */
export class Refused extends Error {}

interface KeptChart extends ChartDescription {
  readonly chart: PinnedRelease;
  /** The day, such as 2026-11-29. */
  readonly read: string;
}

/** Writes what is known of a chart, and its CRDs, which are installed from there. @throws Refused where a version is served no more */
export function keepChart(root: string, { chart, read, crds, ...known }: KeptChart): void {
  const folder = path.join(root, "packages/k8s-platform/src/charts");
  const definitions = path.join(folder, `${chart.chart}.crds.json`);
  const before: unknown = existsSync(definitions) ? JSON.parse(readFileSync(definitions, "utf8")) : [];
  const lost = lostVersions(before, crds);
  if (lost.length > 0) {
    throw new Refused(
      `${chart.chart} ${chart.version}: it serves ${lost.join(", ")} no more, and objects of a cluster may be written so; move them first, then delete ${path.relative(root, definitions)} and run this again`,
    );
  }
  write(path.join(folder, `${chart.chart}.json`), {
    chart: chart.chart,
    repository: chart.repository,
    read,
    ...known,
  });
  if (crds.length > 0 || existsSync(definitions)) write(definitions, crds);
}

export function keepProvider(
  root: string,
  { source }: PinnedProvider,
  known: ProviderDescription & PinnedProvider & { readonly read: string },
): void {
  write(path.join(root, "packages/shared/src/testing/providers", `${path.basename(source)}.json`), known);
}

/** What a state keeps of it that is sensitive. */
export function keepSensitive(
  root: string,
  { source }: PinnedProvider,
  known: SensitiveDescription & PinnedProvider & { readonly read: string },
): void {
  write(path.join(root, "packages/shared/src/ownership/sensitive", `${path.basename(source)}.json`), known);
}

const definition = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ versions: z.array(z.object({ name: z.string(), served: z.boolean() })) }),
});

/** Versions, such as "v1 of widgets.example.com", that the first definitions serve and the second do not. */
export function lostVersions(before: unknown, after: unknown): string[] {
  const still = served(after);
  return served(before).filter((version) => !still.includes(version));
}

function served(definitions: unknown): string[] {
  return z
    .array(definition)
    .parse(definitions)
    .flatMap(({ metadata, spec }) =>
      spec.versions.filter((version) => version.served).map(({ name }) => `${name} of ${metadata.name}`),
    );
}

/** As prettier writes it, by its program, as people run it. */
function write(file: string, data: unknown): void {
  const prettier = require.resolve("prettier/bin/prettier.cjs");
  const command = [process.execPath, prettier, "--stdin-filepath", file] as const;
  writeFileSync(file, answerOf(command, path.dirname(file), JSON.stringify(data)));
}
