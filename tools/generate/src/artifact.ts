import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A file that follows from others. Nobody edits it; a test keeps it current. */
export interface Artifact {
  /** Path relative to the repository. */
  readonly file: string;
  readonly content: string;
}

/** The artifacts whose file does not hold what it should. @param root the repository */
export function outdated(root: string, artifacts: readonly Artifact[]): Artifact[] {
  return artifacts.filter(({ file, content }) => current(path.join(root, file)) !== content);
}

/** Writes them. */
export function write(root: string, artifacts: readonly Artifact[]): void {
  for (const { file, content } of artifacts) writeFileSync(path.join(root, file), content);
}

function current(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
