import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { pack } from "tar-stream";

/** The line of a Chart.yaml that says its version. */
const VERSION = /^version:.*$/m;

/**
 * Packs a chart, of whatever version it calls itself, as the archive of that version: the same bytes for the same files.
 * @param folder the chart's, named as the chart
 */
export async function chartArchive(folder: string, version: string): Promise<Buffer> {
  const archive = pack();
  for (const file of filesIn(folder)) {
    const name = `${path.basename(folder)}/${file.split(path.sep).join("/")}`;
    const content = readFileSync(path.join(folder, file));
    archive.entry({ name, mode: 0o644, mtime: new Date(0) }, file === "Chart.yaml" ? named(content, version) : content);
  }
  archive.finalize();
  return promisify(gzip)(await buffer(archive));
}

/** Paths of all files below a folder, from it, sorted. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

function named(manifest: Buffer, version: string): string {
  return manifest.toString().replace(VERSION, `version: ${version}`);
}
