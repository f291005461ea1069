import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const FACTS = path.resolve(__dirname, "../../../../../shared/facts");

/** Data about charts and providers that is kept beside the repository: tests that ask it are skipped where it is not. */
export const factsAreThere = existsSync(FACTS);

/** The title of tests that ask it, with the reason where they are skipped. */
export function withFacts(title: string): string {
  return factsAreThere ? title : `${title} (skipped: there are no facts in ../shared/facts)`;
}

export function hasFact(file: string): boolean {
  return existsSync(path.join(FACTS, file));
}

/** One of those files, parsed. */
export function fact(file: string): unknown {
  return JSON.parse(readFileSync(path.join(FACTS, file), "utf8"));
}
