import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { constants, setPriority } from "node:os";
import path from "node:path";
import { Refusal } from "@demarc/deploy";
import type { Layout } from "../layout";
import type { Go } from "./go";

/** What is built from one Go module. */
export interface GoSource {
  /** What it is, for file names and messages: "kubernetes-1.35". */
  readonly name: string;
  /** Folder of the module. */
  readonly folder: string;
  /** Import paths of main packages by the name that the binary gets; one of the module itself begins with "./". */
  readonly packages: Readonly<Record<string, string>>;
  /** Arguments of `go build`. @default none */
  readonly flags?: readonly string[];
  /** How long it takes where nothing is cached, in words: "4 minutes". */
  readonly usually: string;
  /** Whether the build gives way to whatever else runs on this machine. @default no */
  readonly inBackground?: boolean;
}

/** Binaries of one module, in a folder of their own in the cache. */
export interface GoProgram {
  readonly name: string;
  /** How long a build takes where nothing is cached, in words: "4 minutes". */
  readonly usually: string;
  /** The folder that has them all, or will. */
  readonly directory: string;
  /** Whether they are there. */
  readonly complete: boolean;
  /** Path of a binary. @param name one of the source's */
  binary(name: string): string;
  /**
   * Builds them, where they are not there.
   *
   * @param say told what is built and how long that takes
   * @param signal ends the build
   * @throws Refusal with the reason that Go gives and the log that has the rest
   */
  build(say: (line: string) => void, variables: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<void>;
}

/** Strips what only a debugger reads, and paths of this machine. */
const FLAGS = ["-trimpath", "-buildvcs=false"];

/** Where a module's binaries are, or will be: one folder for each content, each Go and each way to build it. */
export function goProgram(source: GoSource, layout: Pick<Layout, "go" | "logs" | "root">, go: Go): GoProgram {
  const directory = path.join(layout.go, `${source.name}-${hashOf(source, go)}`);
  return {
    name: source.name,
    usually: source.usually,
    directory,
    get complete() {
      return existsSync(directory);
    },
    binary: (name) => {
      if (source.packages[name] === undefined) throw new Error(`${source.name} has no binary ${name}`);
      return path.join(directory, name);
    },
    build: async (say, variables, signal) => {
      if (existsSync(directory)) return;
      say(`Building ${source.name} with Go ${go.version}, once (usually ${source.usually}) …`);
      await build(source, directory, layout, { env: variables, ...(signal === undefined ? {} : { signal }) });
    },
  };
}

function hashOf({ folder, packages, flags = [] }: GoSource, go: Go): string {
  const hash = createHash("sha256").update(JSON.stringify({ go, packages, flags: [...FLAGS, ...flags] }));
  for (const file of filesOf(folder)) hash.update(`\n${file}\n`).update(readFileSync(path.join(folder, file)));
  return hash.digest("hex").slice(0, 12);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(\.go|^go\.(mod|sum))$/.test(entry.name) && !entry.name.endsWith("_test.go"))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

interface BuildOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** Built aside and moved when it is whole: a kill leaves nothing that looks complete. */
async function build(
  { name, folder, packages, flags = [], inBackground = false }: GoSource,
  directory: string,
  layout: Pick<Layout, "logs" | "root">,
  options: BuildOptions,
): Promise<void> {
  const log = path.join(layout.logs, `go-${name}.log`);
  const aside = `${directory}.${String(process.pid)}`;
  mkdirSync(layout.logs, { recursive: true });
  mkdirSync(aside, { recursive: true });
  rmSync(log, { force: true });
  try {
    for (const [binary, importPath] of Object.entries(packages)) {
      const args = ["build", ...FLAGS, ...flags, "-o", path.join(aside, binary), importPath];
      if (!(await succeeds(args, folder, log, { ...options, inBackground }))) throw refusal(name, log, layout);
    }
    if (!existsSync(directory)) renameSync(aside, directory);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function succeeds(
  args: string[],
  folder: string,
  log: string,
  { env, signal, inBackground }: BuildOptions & { readonly inBackground: boolean },
): Promise<boolean> {
  const output = openSync(log, "a");
  try {
    const child = spawn("go", args, {
      cwd: folder,
      stdio: ["ignore", output, output],
      env: { ...env, CGO_ENABLED: "0", GOWORK: "off" },
      ...(signal === undefined ? {} : { signal }),
    });
    // The compilers that it starts inherit it.
    if (inBackground && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    await once(child, "exit");
    return child.exitCode === 0;
  } finally {
    closeSync(output);
  }
}

function refusal(name: string, log: string, layout: Pick<Layout, "root">): Refusal {
  const lines = readFileSync(log, "utf8").trim().split("\n");
  const reason = lines.filter((line) => !line.startsWith("go: downloading ") && !line.startsWith("# ")).slice(-2);
  return new Refusal([
    `${name} could not be built: ${reason.join(" ").trim() || "Go gave no reason"} (all of it: ${path.relative(layout.root, log)})`,
  ]);
}
