import path from "node:path";
import { registry } from "./apps";
import { type Artifact, outdated, write } from "./artifact";
import { indexes } from "./indexes";

const root = path.resolve(__dirname, "../../..");

async function main(): Promise<void> {
  // Both are made before either is written: where an app claims what it may not, nothing is.
  const written = refresh([registry(root), ...indexes(root)]);
  // Loaded only now: what follows from them reads what was just written.
  const { artifacts } = await import("./artifacts");
  written.push(...refresh(artifacts(root)));
  console.log(
    written.length === 0 ? "everything generated is current" : written.map((file) => `wrote ${file}`).join("\n"),
  );
}

function refresh(artifacts: readonly Artifact[]): string[] {
  const stale = outdated(root, artifacts);
  write(root, stale);
  return stale.map(({ file }) => file);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error && error.name === "InvalidInput" ? error.message : error);
  process.exitCode = 1;
});
