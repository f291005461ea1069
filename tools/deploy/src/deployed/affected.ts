import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";

/** Names of the projects that a change since a commit touches. Undefined: this repository has no such commit. */
export type AffectedSince = (commit: string) => Promise<ReadonlySet<string> | undefined>;

/** Asks nx, which compares the commit with the one that the repository is at. @param root of the repository */
export function affectedIn(root: string): AffectedSince {
  const run = async (program: string, ...args: string[]) =>
    (await promisify(execFile)(program, args, { cwd: root })).stdout;
  return async (commit) => {
    try {
      await run("git", "cat-file", "-e", `${commit}^{commit}`);
    } catch {
      return undefined;
    }
    const compared = ["--affected", `--base=${commit}`, "--head=HEAD", "--json"];
    const names = await run("npx", "nx", "show", "projects", ...compared);
    return new Set(z.array(z.string()).parse(JSON.parse(names)));
  };
}
