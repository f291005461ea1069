import path from "node:path";
import { chosenBy, program, runMain } from "@demarc/command";
import { registry } from "./apps";
import { type Artifact, outdated, write } from "./artifact";
import { indexes } from "./indexes";

const root = path.resolve(__dirname, "../../..");

async function main(): Promise<number> {
  chosenBy<true>(
    (choose) =>
      program(
        "npm run generate",
        "Writes what follows from the rest: the registry of apps, indexes, docs/contracts.md, CODEOWNERS, docs/ownership.md.",
      ).action(() => choose(true)),
    process.argv.slice(2),
  );
  // Both are made before either is written: where an app claims what it may not, nothing is.
  const written = refresh([registry(root), ...indexes(root)]);
  // Loaded only now: what follows from them reads what was just written.
  const { artifacts } = await import("./artifacts");
  written.push(...refresh(artifacts(root)));
  for (const file of written) console.log(`wrote ${file}`);
  // The last, as it takes all workspaces to synthesize: where one does not, the rest is current.
  const { ownershipDocument } = await import("./ownership");
  const last = refresh([await ownershipDocument(root, process.env)]);
  for (const file of last) console.log(`wrote ${file}`);
  if (written.length + last.length === 0) console.log("everything generated is current");
  return 0;
}

function refresh(artifacts: readonly Artifact[]): string[] {
  const stale = outdated(root, artifacts);
  write(root, stale);
  return stale.map(({ file }) => file);
}

runMain(main);
