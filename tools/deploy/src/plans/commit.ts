import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * The commit that a folder of a repository is at.
 * @returns undefined where something there is not committed, or Git knows no commit
 */
export async function commitOf(directory: string): Promise<string | undefined> {
  const git = async (...args: string[]) => (await promisify(execFile)("git", args, { cwd: directory })).stdout.trim();
  try {
    return (await git("status", "--porcelain")) === "" ? await git("rev-parse", "HEAD") : undefined;
  } catch {
    return undefined;
  }
}
