import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { isAtLeast, type Lacking } from "../preflight/programs";

const run = promisify(execFile);

/** The Go that programs are built with. */
export interface Go {
  /** Such as 1.26.8. */
  readonly version: string;
  /** Operating system and processor that it builds for, such as linux/amd64. */
  readonly platform: string;
}

/** Go on the PATH, if it is new enough for all of these modules. @param modules folders of a go.mod */
export async function findGo(modules: readonly string[], variables: NodeJS.ProcessEnv): Promise<Go | Lacking> {
  const [newest, folder] = newestOf(modules);
  const wanted = `Go ${newest} or later`;
  try {
    // Asked in the module's folder: a Go that gets itself the version that a module asks for answers with that one.
    const { stdout } = await run("go", ["env", "GOVERSION", "GOOS", "GOARCH"], { cwd: folder, env: variables });
    const [found = "", system = "", processor = ""] = stdout.trim().split("\n");
    const version = found.replace(/^go/, "");
    if (isAtLeast(version, minorOf(newest))) return { version, platform: `${system}/${processor}` };
    return { lacking: tooOld(`Go ${version}`, wanted) };
  } catch (error) {
    if (isMissing(error)) {
      return {
        lacking: `There is no Go here, and Kubernetes is built with ${wanted}: install it on the PATH (https://go.dev/doc/install).`,
      };
    }
    return { lacking: tooOld("The Go that is here", wanted) };
  }
}

function tooOld(found: string, wanted: string): string {
  return `${found} is too old to build Kubernetes with: install ${wanted} on the PATH (https://go.dev/doc/install).`;
}

/** The newest Go that any of the modules asks for, and the folder of that module. */
function newestOf(modules: readonly string[]): [version: string, folder: string | undefined] {
  const asked = modules.map((folder) => ({ folder, version: goLineOf(folder) }));
  const [newest] = asked.toSorted((one, other) => other.version.localeCompare(one.version, "en", { numeric: true }));
  return [newest?.version ?? "", newest?.folder];
}

function goLineOf(folder: string): string {
  const file = path.join(folder, "go.mod");
  const version = /^go (\S+)$/m.exec(readFileSync(file, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${file} has no go line`);
  return version;
}

function minorOf(version: string): [number, number] {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return [major, minor];
}

/** One that is there and fails has an exit code, a number. */
function isMissing(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string";
}
