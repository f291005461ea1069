import path from "node:path";
import { autoSplit, classicSplit } from "@demarc/inspect/testing";
import { allEnvironments } from "@demarc/shared/environment";
import { appFolders } from "./apps";
import { outdated } from "./artifact";
import { documentOf, ownershipDocument } from "./ownership";

const repository = path.resolve(__dirname, "../../..");

it("docs/ownership.md is current (if not: npm run generate), whatever the shell is aimed at, and every workspace makes something in it", async () => {
  const shell = { ...process.env, DEMARC_SANDBOX: "/nowhere", DEMARC_TARGET: "/nowhere" };
  const document = await ownershipDocument(repository, shell);
  expect(outdated(repository, [document])).toEqual([]);
  for (const { name } of allEnvironments()) {
    const section = document.content.split("\n## ").find((each) => each.startsWith(`${name}\n`));
    for (const stack of ["network", "cluster", "addons", ...appFolders(repository)])
      expect(section).toMatch(new RegExp(`\`${name}(-[a-z0-9]+)?-${stack}\``));
  }
}, 240_000);

it("has a table for each environment, in the order of their names", () => {
  const { file, content } = documentOf([...classicSplit(), ...autoSplit()]);
  expect(file).toBe("docs/ownership.md");
  const [, auto, classic] = content.split("\n## ");
  expect(auto).toMatch(/^auto\n\n\| +\| infra \| kubernetes \|\n/);
  expect(auto).toContain("| Target group |  | EKS Auto Mode, for Service of `auto-a-petstore` |");
  expect(classic).toMatch(/^classic\n/);
  expect(classic).toContain("| Target group | `classic-edge` |  |");
});
