import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * The commit that a folder of a repository is at.
 * @returns undefined where something of the repository is not committed, the folder itself included, or Git knows no commit
 */
export async function commitOf(directory: string): Promise<string | undefined> {
  const git = async (...args: string[]) => (await promisify(execFile)("git", args, { cwd: directory })).stdout.trim();
  const isIgnored = await git("check-ignore", "--quiet", ".").then(
    () => true,
    () => false,
  );
  if (isIgnored) return undefined;
  try {
    return (await git("status", "--porcelain")) === "" ? await git("rev-parse", "HEAD") : undefined;
  } catch {
    return undefined;
  }
}
