import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";

/** Name of Terraform's plan in a stack's folder. */
export const PLAN = "plan.tfplan";

/** Folder of providers and backend: it is made anew where the plan is applied, by the lock file. */
const MADE_ANEW = ".terraform";

const files = z.record(z.string(), z.base64());

/** A stack's folder as one file: what is planned, its assets, the lock file of its providers, and Terraform's plan. */
export function packed(directory: string): Buffer {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(directory, path.join(parentPath, name)))
    .filter((name) => name !== MADE_ANEW && !name.startsWith(`${MADE_ANEW}${path.sep}`))
    .sort();
  const content = names.map((name) => [name, readFileSync(path.join(directory, name)).toString("base64")]);
  return gzipSync(JSON.stringify(Object.fromEntries(content)));
}

/** Writes such a file's content into a new folder, which nobody else may read. @throws Error where a name leads out of it */
export function unpack(content: Buffer, directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const [name, encoded] of Object.entries(files.parse(JSON.parse(gunzipSync(content).toString("utf8"))))) {
    const file = path.resolve(directory, name);
    if (!file.startsWith(`${path.resolve(directory)}${path.sep}`)) throw new Error(`${name} leads out of the folder`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(encoded, "base64"), { mode: 0o600 });
  }
}
