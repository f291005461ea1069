import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ORIGINAL = path.resolve(__dirname, "../../../..");

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A small copy of this repository, in a temporary directory, that a test may change and run tools in. */
export class TemporaryRepository {
  readonly root: string;

  /** @param copied paths of this repository to copy as they are: configuration under test, say */
  constructor(copied: readonly string[]) {
    this.root = realpathSync(mkdtempSync(path.join(tmpdir(), "demarc-")));
    for (const file of copied) {
      const excluded = (source: string) => ["node_modules", "coverage"].includes(path.basename(source));
      cpSync(path.join(ORIGINAL, file), path.join(this.root, file), {
        recursive: true,
        filter: (source) => !excluded(source),
      });
    }
    this.#linkInstalledPackages();
    this.mustRun("git", "init", "--quiet", "--initial-branch=main");
  }

  /** @param files content by path, from the root of the repository */
  write(files: Readonly<Record<string, string>>): void {
    for (const [file, content] of Object.entries(files)) {
      const target = path.join(this.root, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
  }

  read(file: string): string {
    return readFileSync(path.join(this.root, file), "utf8");
  }

  removeFile(file: string): void {
    rmSync(path.join(this.root, file));
  }

  /** Makes a package known by its name, as npm does for its workspaces. @param folder such as "packages/shared" */
  link(name: string, folder: string): void {
    const link = path.join(this.root, "node_modules", name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(this.root, folder), link);
  }

  /** Runs a command of the installed packages, or of the system, at the root. */
  run(command: string, ...args: readonly string[]): Outcome {
    const bin = path.join(this.root, "node_modules/.bin");
    // Under nx, a test's environment tells of the run it is part of.
    const inherited = Object.entries(process.env).filter(([name]) => !/^(NX_|GIT_|FORCE_COLOR$)/.test(name));
    const env = {
      ...Object.fromEntries(inherited),
      NO_COLOR: "1",
      NX_DAEMON: "false",
      // A process for each plugin takes longer than all that the plugins do.
      NX_ISOLATE_PLUGINS: "false",
      PATH: `${bin}:${process.env.PATH ?? ""}`,
    };
    return spawnSync(command, args, { cwd: this.root, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  }

  /** @returns standard output. @throws Error with all output where the command fails */
  mustRun(command: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = this.run(command, ...args);
    if (status === 0) return stdout;
    throw new Error(`${[command, ...args].join(" ")} ended with ${String(status)}:\n${stdout}\n${stderr}`);
  }

  commit(): void {
    this.mustRun("git", "add", "--all");
    this.mustRun(
      "git",
      "-c",
      "user.name=test",
      "-c",
      "user.email=test@example.com",
      "commit",
      "--quiet",
      "-m",
      "Change",
    );
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Each package by a link of its own, so that the repository's own packages can be the temporary ones. */
  #linkInstalledPackages(): void {
    const installed = path.join(ORIGINAL, "node_modules");
    mkdirSync(path.join(this.root, "node_modules"));
    for (const name of readdirSync(installed)) {
      if (name !== "@demarc") symlinkSync(path.join(installed, name), path.join(this.root, "node_modules", name));
    }
  }
}
