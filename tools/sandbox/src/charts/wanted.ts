import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** A chart that a stack installs from a repository. */
export interface WantedChart {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
}

const manifest = z.object({ stacks: z.record(z.string(), z.object({ synthesizedStackPath: z.string() })) });
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
    const { resource } = stack.parse(json(file));
    for (const found of Object.values(resource.helm_release)) {
      const { data } = release.safeParse(found);
      if (data === undefined) continue;
      const { chart: name, version, repository } = data;
      wanted.set(`${repository} ${name} ${version}`, { name, version, repository });
    }
  }
  return [...wanted.values()];
}

/** Of the last synth; folders of earlier ones are left out. */
function stackFiles(outdir: string): string[] {
  const file = path.join(outdir, "manifest.json");
  if (!existsSync(file)) return [];
  return Object.values(manifest.parse(json(file)).stacks).map(({ synthesizedStackPath }) =>
    path.join(outdir, synthesizedStackPath),
  );
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
