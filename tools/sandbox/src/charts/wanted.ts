import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** A chart that a stack installs from a repository. */
export interface WantedChart {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
}

const release = z.object({ chart: z.string(), version: z.string(), repository: z.string() });
const stack = z.object({
  resource: z.object({ helm_release: z.record(z.string(), z.unknown()).default({}) }).default({ helm_release: {} }),
});

/**
 * The charts that synthesized stacks install from repositories, each version once. A chart that comes with its stack is none.
 * @param outdirs folders that cdktf apps were synthesized into; those that do not exist have none
 */
export function wantedCharts(outdirs: readonly string[]): WantedChart[] {
  const wanted = new Map<string, WantedChart>();
  for (const file of outdirs.flatMap(stackFiles)) {
    const { resource } = stack.parse(JSON.parse(readFileSync(file, "utf8")));
    for (const found of Object.values(resource.helm_release)) {
      const { data } = release.safeParse(found);
      if (data === undefined) continue;
      const { chart: name, version, repository } = data;
      wanted.set(`${repository} ${name} ${version}`, { name, version, repository });
    }
  }
  return [...wanted.values()];
}

function stackFiles(outdir: string): string[] {
  const stacks = path.join(outdir, "stacks");
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks)
    .map((id) => path.join(stacks, id, "cdk.tf.json"))
    .filter((file) => existsSync(file));
}
