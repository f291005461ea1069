import { readdirSync } from "node:fs";
import path from "node:path";

/** Folder of all Go modules of the sandbox. */
export const MODULES = path.resolve(__dirname, "../../go");

/** Folder of each Go module that the sandbox builds programs from. */
export function goModules(): string[] {
  return readdirSync(MODULES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === "go.mod")
    .map(({ parentPath }) => parentPath)
    .toSorted();
}
