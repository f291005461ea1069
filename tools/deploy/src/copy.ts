import { copyFileSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { isReadByTerraform } from "@demarc/shared/stack";

/**
 * Copies of a stack's folder what a deploy looks at: what Terraform reads, and its assets. What a Terraform leaves in its folder is
 * not copied: the backend and the providers that are named there would take the place of the stack's.
 * @returns what cannot be copied, a line each
 */
export function copyStack(from: string, to: string): string[] {
  const id = path.basename(from);
  if (lstatSync(from, { throwIfNoEntry: false })?.isDirectory() !== true) return [unfit(id, "its folder")];
  mkdirSync(to, { recursive: true });
  return readdirSync(from)
    .filter((name) => name === "assets" || isReadByTerraform(name))
    .flatMap((name) =>
      copy(path.join(from, name), path.join(to, name)).map((place) => unfit(id, path.relative(from, place))),
    );
}

/** @returns every place that is neither a file nor a folder: a link leads out of what is checked */
function copy(from: string, to: string): string[] {
  const found = lstatSync(from);
  if (found.isFile()) {
    copyFileSync(from, to);
    return [];
  }
  if (!found.isDirectory()) return [from];
  mkdirSync(to);
  return readdirSync(from).flatMap((name) => copy(path.join(from, name), path.join(to, name)));
}

function unfit(id: string, what: string): string {
  return `${id}: ${what} is a link or missing; a deploy takes files and folders only: synthesize again`;
}
