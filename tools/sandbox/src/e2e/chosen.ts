import { allEnvironments, environmentNamed } from "@demarc/shared/environment";
import { ROOT, run } from "./programs";

/** Which environments are tested: some by their names, all, or the thorough one, without its move, and another, in turn by commit. */
export type Chosen = { readonly names: readonly string[] } | "all" | "in turn";

/** What is tested of one environment. */
export interface Test {
  /** Its name. */
  readonly environment: string;
  /** Whether it moves to another exposure too, which takes minutes that not every run has. */
  readonly moves: boolean;
}

/** The environment that all kills, faults and attempts are made in. The others are deployed, looked at and taken away. */
export const THOROUGH = "dev";

/** @returns the one that takes longest first @throws InvalidInput where there is no environment of that name */
export async function testsOf(chosen: Chosen): Promise<Test[]> {
  const environments = allEnvironments();
  if (typeof chosen === "object") {
    const named = new Set(chosen.names.map((name) => environmentNamed(name, environments).name));
    const longest = named.delete(THOROUGH) ? [THOROUGH] : [];
    return [...longest, ...named].map((environment) => ({ environment, moves: environment === THOROUGH }));
  }
  const others = environments
    .map(({ name }) => ({ environment: name, moves: false }))
    .filter(({ environment }) => environment !== THOROUGH);
  if (chosen === "all") return [{ environment: THOROUGH, moves: true }, ...others];
  const turn = (await numberOfCommits()) % others.length;
  return [{ environment: THOROUGH, moves: false }, ...others.slice(turn, turn + 1)];
}

async function numberOfCommits(): Promise<number> {
  const { printed } = await run("git", ["rev-list", "--count", "HEAD"], { cwd: ROOT, env: process.env });
  return Number(printed);
}
