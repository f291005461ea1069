import { statfs } from "node:fs/promises";
import path from "node:path";

/** A sentence where the disk of that folder has less free than that, in megabytes. */
export async function fullDisk(folder: string, megabytes: number): Promise<string[]> {
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  if (free >= megabytes) return [];
  return [
    `The disk of ${path.resolve(folder)} has ${String(free)} MB left, and the sandbox needs ${String(megabytes)} MB there: make room.`,
  ];
}
