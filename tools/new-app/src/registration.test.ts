import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dev } from "@demarc/shared/testing";
import { register } from "./registration";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "demarc-new-app-"));
  for (const folder of ["packages/apps/cart", "packages/shared/src/apps"])
    mkdirSync(path.join(root, folder), { recursive: true });
  put("package.json", { name: "demarc", private: true, workspaces: ["packages/apps/*"] });
});
afterEach(() => rmSync(root, { recursive: true }));

function put(file: string, content: object): void {
  writeFileSync(path.join(root, file), JSON.stringify(content));
}

it("lets npm know the new workspace: npm ci refuses a lock file without it", () => {
  put("packages/apps/cart/package.json", {
    name: "@demarc/cart",
    version: "0.1.0",
    nx: { name: "cart" },
    demarc: { team: "shop" },
  });
  expect(register(root, [dev])).toBeUndefined();
  expect(JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"))).toMatchObject({
    packages: { "node_modules/@demarc/cart": { resolved: "packages/apps/cart", link: true } },
  });
});

it("tells what npm said when it failed", () => {
  put("packages/apps/cart/package.json", { name: "not a name", nx: { name: "cart" }, demarc: { team: "shop" } });
  expect(register(root, [dev])).toContain('Invalid package name "not a name"');
});
