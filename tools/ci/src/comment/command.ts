import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { InvalidInput, type Report } from "@demarc/shared/environment";
import { type Summary, summary } from "../plan/summary";
import { comment } from "./comment";

/** Prints one comment for the summaries that lie in folders, and in folders of those. @returns exit code */
export function printComment(folders: readonly string[]): number {
  console.log(comment(summariesIn(folders)));
  return 0;
}

/** @throws InvalidInput with every file that is none */
export function summariesIn(folders: readonly string[]): Summary[] {
  const reports: Report[] = [];
  const files = folders.flatMap(jsonFilesIn).sort((one, other) => (path.basename(one) < path.basename(other) ? -1 : 1));
  const found = files.flatMap((file) => {
    const parsed = summary.safeParse(contentOf(file));
    if (parsed.success) return parsed.data;
    const message = "is no summary of a plan, or one of another version of this tool; `ci plan --out` writes them";
    reports.push({ subject: file, problems: [{ path: "", message }] });
    return [];
  });
  if (reports.length > 0) throw new InvalidInput(reports);
  return found;
}

/** A folder that is not there has none: a job that plans nothing writes nothing. */
function jsonFilesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => path.join(folder, file));
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
