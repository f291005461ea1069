import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const lockFile = z.object({
  packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) })),
});

/** Where Node looks for a package from a folder, nearest first. */
function candidates(folder: string, name: string): string[] {
  const folders = [folder];
  for (let at = folder.lastIndexOf("node_modules/"); at > 0; at = folder.lastIndexOf("node_modules/", at - 1)) {
    folders.push(folder.slice(0, at - 1));
  }
  return [...folders, ""].map((each) => path.posix.join(each, "node_modules", name));
}

it("has the builds for every platform in the lock file, without which npm ci refuses it", () => {
  const lock = readFileSync(path.resolve(__dirname, "../../../package-lock.json"), "utf8");
  const { packages } = lockFile.parse(JSON.parse(lock));

  const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !candidates(folder, name).some((candidate) => candidate in packages))
      .map((name) => `${name}, which ${folder} may need`),
  );

  expect(missing).toEqual([]);
});
