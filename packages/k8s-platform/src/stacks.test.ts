import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { synthesized } from "@demarc/shared/testing";
import { synthesizeInto } from "@demarc/shared/stack";
import { dev } from "./testing/platform";
import { build } from "./stacks";

const stacks = synthesized(build, dev);

it("are two for a cluster, and the teams' places come after the controllers that act on what is in them", () => {
  const outdir = mkdtempSync(path.join(tmpdir(), "demarc-stacks-"));
  synthesizeInto(build, [dev], { outdir });
  const manifest: unknown = JSON.parse(readFileSync(path.join(outdir, "manifest.json"), "utf8"));
  rmSync(outdir, { recursive: true });
  expect(manifest).toMatchObject({
    stacks: { "dev-a-addons": { dependencies: [] }, "dev-a-tenancy": { dependencies: ["dev-a-addons"] } },
  });
});

it.each(Object.values(stacks))("of dev are as they were: $id", (stack) => {
  expect(stack.json).toMatchSnapshot();
});
