import path from "node:path";
import { z } from "zod";
import type { PinnedRelease } from "./pinned";
import { answerOf } from "./run";

/** What `describe-chart` prints: its Go source says what each is. */
const description = z.object({
  version: z.string(),
  appVersion: z.string(),
  strict: z.boolean(),
  values: z.record(z.string(), z.unknown()),
  rbac: z.object({}).loose(),
  crds: z.array(z.object({ metadata: z.object({ name: z.string() }).loose() }).loose()),
});

export type ChartDescription = z.output<typeof description>;

/**
 * What is kept of a release's chart.
 * @param folder of the chart. @default it comes from its repository
 * @throws Error where it cannot be had, or is another version than the pinned one
 */
export function describeChart(root: string, release: PinnedRelease, folder?: string): ChartDescription {
  const module = path.join(root, "tools/sandbox/go/providers");
  const asked = JSON.stringify({ ...release, folder: folder ?? "" });
  const found = description.parse(JSON.parse(answerOf(["go", "run", "./cmd/describe-chart"], module, asked)));
  if (found.version !== release.version) throw new Error(`${folder ?? "it"} has version ${found.version}`);
  return found;
}
