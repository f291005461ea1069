import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** 32 hex digits that tell what a folder holds: its files' names and contents, neither its place nor the machine. */
export function contentHash(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"));
  for (const file of files.sort()) hash.update(`${file}\0${readFileSync(path.join(folder, file), "utf8")}\0`);
  return hash.digest("hex").slice(0, 32);
}
