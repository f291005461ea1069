import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";

const process = z.object({ pid: z.number(), started: z.string() });

const record = z.object({
  /** Account that all is made in: an environment of another account needs another local AWS. */
  account: z.string(),
  region: z.string(),
  startedAt: z.iso.datetime(),
  judge: z.object({ process, url: z.string().optional() }).optional(),
  aws: z.object({ process, url: z.string().optional() }).optional(),
  eks: z.object({ process, url: z.string().optional() }).optional(),
});

/** The servers as they stand on disk: a process as soon as it is started, its URL once it serves. */
export type ServersRecord = z.infer<typeof record>;

/** @returns undefined where there is no record, or none that this version of the sandbox wrote */
export function readRecord(file: string): ServersRecord | undefined {
  try {
    return record.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/** Replaces the record in one step: a reader, or a kill, meets the old one or the new one. */
export function writeRecord(file: string, content: ServersRecord): void {
  writeFileSync(`${file}.new`, JSON.stringify(content, undefined, 2));
  renameSync(`${file}.new`, file);
}

export function forgetRecord(file: string): void {
  rmSync(file, { force: true });
}
