import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder, which goes when the tests of the file have ended. @param name what it is for */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `demarc-${name}-`));
  folders.push(folder);
  return folder;
}
