import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { allEnvironments, type Environment, environmentNamed, InvalidInput } from "@demarc/shared/environment";
import { z } from "zod";
import { inTheirTurn } from "./environments";

/** What is asked of environments. */
export interface EnvironmentsAsked {
  /** @default all that have pipelines */
  readonly environment: string | undefined;
  /** Folder with what `tasks --json` printed: those alone that have something to do. @default all */
  readonly affected: string | undefined;
  readonly json: boolean;
}

const matrix = z.array(z.object({ environment: z.string() }));

/** Tells which environments pipelines deploy, in their turn. @returns exit code */
export function environments(asked: EnvironmentsAsked): number {
  const names = namesInTurn(asked, allEnvironments());
  if (asked.json) console.log(JSON.stringify(names));
  else console.log(names.length === 0 ? "No environment has pipelines." : names.join("\n"));
  return 0;
}

/** @throws InvalidInput where the one that is asked for is none, or has no pipelines */
export function namesInTurn(
  { environment, affected }: Omit<EnvironmentsAsked, "json">,
  all: readonly Environment[],
): string[] {
  const known = environment === undefined ? inTheirTurn(all) : [withPipelines(environmentNamed(environment, all))];
  const named = affected === undefined ? undefined : namedIn(affected);
  return known.map(({ name }) => name).filter((name) => named === undefined || named.has(name));
}

/** @throws InvalidInput where people alone deploy it */
function withPipelines(environment: Environment): Environment {
  if (environment.pipelines !== undefined) return environment;
  const message =
    'no pipeline deploys it; it needs "pipelines" in its file, or people deploy it by npm run plan and npm run apply';
  throw new InvalidInput([{ subject: `environment "${environment.name}"`, problems: [{ path: "", message }] }]);
}

function namedIn(folder: string): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
  return new Set(
    files.flatMap((file) =>
      matrix.parse(JSON.parse(readFileSync(path.join(folder, file), "utf8"))).map(({ environment }) => environment),
    ),
  );
}
