import { readFileSync } from "node:fs";
import path from "node:path";
import { registry } from "./registry";

it("has the kinds that the linter keeps to this folder", () => {
  const config = readFileSync(path.resolve(__dirname, "../../../../eslint.config.mjs"), "utf8");
  expect(config).toContain(`const EXPOSURE_KIND = "/^(${Object.keys(registry).join("|")})$/";`);
});
