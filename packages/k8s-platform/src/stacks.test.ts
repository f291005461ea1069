import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { allEnvironments } from "@demarc/shared/environment";
import { dev, itTakesNamesOnly, itWritesTextsAsTheyAre, synthesized } from "@demarc/shared/testing";
import { synthesizeInto } from "@demarc/shared/stack";
import files from "./settings";
import type { K8sPlatformSettingsInput } from "./settings/schema";
import { build, buildFrom } from "./stacks";
import { settings } from "./testing/settings";

it("are two for a cluster, and the teams' places come after the controllers that act on what is in them", () => {
  const outdir = mkdtempSync(path.join(tmpdir(), "demarc-stacks-"));
  synthesizeInto(buildFrom({ dev: {} }), [dev], { outdir });
  const manifest: unknown = JSON.parse(readFileSync(path.join(outdir, "manifest.json"), "utf8"));
  rmSync(outdir, { recursive: true });
  expect(manifest).toMatchObject({
    stacks: { "dev-a-addons": { dependencies: [] }, "dev-a-tenancy": { dependencies: ["dev-a-addons"] } },
  });
});

describe.each(allEnvironments())("of $name", (environment) => {
  it.each(Object.values(synthesized(build, environment)))("are as they were: $id", (stack) => {
    expect(stack.json).toMatchSnapshot();
  });
});

itTakesNamesOnly(buildFrom, files);
describe("the fixture", () => {
  itTakesNamesOnly(buildFrom, { dev: {} }, [dev]);
  itWritesTextsAsTheyAre((of) => buildFrom({ dev: of as K8sPlatformSettingsInput }), settings, dev);
});
