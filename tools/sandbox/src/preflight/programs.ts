import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);

/** Something that this machine lacks: what, and how to get it, in one sentence. */
export interface Lacking {
  readonly lacking: string;
}

export interface Python {
  readonly command: string;
  /** Such as 3.11.7. */
  readonly version: string;
}

export interface Terraform {
  readonly version: string;
  /** Such as linux_amd64. */
  readonly platform: string;
}

const PYTHONS = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"];

/** The oldest Python that the local AWS runs on. */
const OLDEST_PYTHON = [3, 11] as const;

/** `use_lockfile` of the S3 backend is no longer an experiment from this one on. */
const OLDEST_TERRAFORM = [1, 11] as const;

/** A Python that is new enough and can make virtual environments. */
export async function findPython(variables: NodeJS.ProcessEnv): Promise<Python | Lacking> {
  const wanted = `Python ${OLDEST_PYTHON.join(".")} or later`;
  let old: string | undefined;
  for (const command of PYTHONS) {
    const found = await pythonAt(command, variables);
    if (found === undefined) continue;
    if (!isAtLeast(found.version, OLDEST_PYTHON)) {
      old ??= `${command} is Python ${found.version}`;
      continue;
    }
    if (found.venv) return { command, version: found.version };
    return {
      lacking: `Python ${found.version} cannot make virtual environments, which the local AWS is installed into: install its venv module (Debian and Ubuntu: apt install python3-venv).`,
    };
  }
  return {
    lacking:
      old === undefined
        ? `There is no Python here, and the local AWS needs ${wanted}: install it, as python3 on the PATH.`
        : `${old}, and the local AWS needs ${wanted}: install it, as python3 on the PATH.`,
  };
}

const PROBE = `
import importlib.util, json, platform
print(json.dumps({"version": platform.python_version(), "venv": all(map(importlib.util.find_spec, ["venv", "ensurepip"]))}))
`;

async function pythonAt(command: string, variables: NodeJS.ProcessEnv) {
  try {
    const { stdout } = await run(command, ["-c", PROBE], { env: variables });
    return z.object({ version: z.string(), venv: z.boolean() }).parse(JSON.parse(stdout));
  } catch {
    return undefined;
  }
}

/** Terraform on the PATH, if it is new enough. */
export async function findTerraform(variables: NodeJS.ProcessEnv): Promise<Terraform | Lacking> {
  const wanted = `Terraform ${OLDEST_TERRAFORM.join(".")} or later`;
  const found = await terraform(variables);
  if (found === undefined) {
    return {
      lacking: `There is no Terraform here, and ${wanted} is needed: install it on the PATH (https://developer.hashicorp.com/terraform/install).`,
    };
  }
  if (isAtLeast(found.version, OLDEST_TERRAFORM)) return found;
  return { lacking: `Terraform ${found.version} is too old to lock states in S3: install ${wanted} on the PATH.` };
}

async function terraform(variables: NodeJS.ProcessEnv): Promise<Terraform | undefined> {
  try {
    const { stdout } = await run("terraform", ["version", "-json"], { env: variables });
    const { terraform_version, platform } = z
      .object({ terraform_version: z.string(), platform: z.string() })
      .parse(JSON.parse(stdout));
    return { version: terraform_version, platform };
  } catch {
    return undefined;
  }
}

/** Whether a version such as "1.11.4" or "3.14.0rc1" is of that minor version or a later one. */
export function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [foundMajor = 0, foundMinor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return foundMajor > major || (foundMajor === major && foundMinor >= minor);
}
