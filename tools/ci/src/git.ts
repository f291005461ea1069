import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { InvalidInput } from "@demarc/shared/environment";

/** What is asked of the history of a repository. */
export class Git {
  /** @param root of the repository */
  constructor(private readonly root: string) {}

  /**
   * The commit at which a branch of changes began.
   * @param ref what it began at, such as `origin/main`
   * @throws InvalidInput where Git knows no such commit, or the two have nothing in common
   */
  async mergeBase(ref: string): Promise<string> {
    try {
      return await this.#git("merge-base", ref, "HEAD");
    } catch {
      const message =
        "is no commit that Git knows here, or has none in common with HEAD; fetch all of its history (git fetch origin, and fetch-depth: 0 in a workflow)";
      throw new InvalidInput([{ subject: `--base ${ref}`, problems: [{ path: "", message }] }]);
    }
  }

  /** All commits that HEAD stands on, with itself. A commit of a history that was rewritten is none of them. */
  async history(): Promise<ReadonlySet<string>> {
    return new Set((await this.#git("rev-list", "HEAD")).split("\n"));
  }

  /** What the repository's files are at HEAD, whatever commit has them: a merge has the tree that its merge queue tested. */
  tree(): Promise<string> {
    return this.#git("rev-parse", "HEAD^{tree}");
  }

  async #git(...args: string[]): Promise<string> {
    return (await promisify(execFile)("git", args, { cwd: this.root, maxBuffer: 2 ** 28 })).stdout.trim();
  }
}
