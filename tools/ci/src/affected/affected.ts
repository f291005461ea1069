import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";

const found = z.record(z.string(), z.array(z.string()));

/** Which projects are touched since commits. */
export interface Affected {
  /** Names of projects by commit. It is asked once. */
  readonly since: (commits: readonly string[]) => Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}

/** nx, which reads a repository's graph of projects once for all commits that are asked of it: that takes longer than all else. */
export class NxAffected implements Affected {
  readonly #child;
  readonly #ended;

  /** It begins to read at once. @param root of the repository */
  constructor(root: string) {
    // What tells of an nx that runs this would have it look at another repository.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("NX_"));
    // A process for each plugin takes longer than all that the plugins do.
    const env = { ...Object.fromEntries(inherited), NX_DAEMON: "false", NX_ISOLATE_PLUGINS: "false" };
    this.#child = spawn(process.execPath, [path.join(__dirname, "nx.mjs")], { cwd: root, env });
    const { stdout, stderr } = this.#child;
    this.#ended = Promise.all([text(stdout), text(stderr), once(this.#child, "close")]);
  }

  async since(commits: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    this.#child.stdin.end(JSON.stringify(commits));
    const [output, said] = await this.#ended;
    if (this.#child.exitCode !== 0) throw new Error(`nx does not say what is affected:\n${said}`);
    const projects = found.parse(JSON.parse(output));
    return new Map(Object.entries(projects).map(([commit, names]) => [commit, new Set(names)]));
  }

  /** Where nothing is asked any more. */
  end(): void {
    this.#child.kill();
  }
}
