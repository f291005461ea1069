import path from "node:path";
import { autoSplit, classicSplit } from "@demarc/inspect/testing";
import { outdated } from "./artifact";
import { documentOf, ownershipDocument } from "./ownership";

const repository = path.resolve(__dirname, "../../..");

it("docs/ownership.md is current (if not: npm run generate)", async () => {
  expect(outdated(repository, [await ownershipDocument(repository)])).toEqual([]);
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
