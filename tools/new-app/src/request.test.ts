import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { InvalidInput } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { requested } from "./request";

const root = path.resolve(__dirname, "../../..");

/** All that is said against such an app. */
function problems(name: string, team: string, environments = [dev], of = root): string[] {
  try {
    requested({ name, team }, of, environments);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.message.split("\n");
  }
}

it("takes a name and a team", () => {
  expect(requested({ name: "cart", team: "shop" }, root, [dev])).toEqual({ name: "cart", team: "shop" });
});

it("says all that is wrong at once", () => {
  expect(problems("Cart_", "cats")).toEqual([
    'new app "Cart_" is not valid (2 problems):',
    '  name: "Cart_" must be lower case letters, digits and single dashes, starting with a letter',
    '  team: "cats" is not a team of every environment; take one of infra, platform, pets, shop: --team <team>',
  ]);
});

it("asks for a team", () => {
  expect(problems("cart", "")).toEqual([
    'new app "cart" is not valid (1 problem):',
    "  team: nothing is given; take one of infra, platform, pets, shop: --team <team>",
  ]);
});

it.each(["account", "network", "dns", "edge", "data", "cluster", "addons", "tenancy"])(
  "keeps %s for the stack of that name",
  (name) => {
    expect(problems(name, "shop")[1]).toContain(`"${name}" is the name of a stack of another workspace`);
  },
);

it("takes no name that a project has", () => {
  expect(problems("petstore", "shop")[1]).toBe('  name: "petstore" is taken by packages/apps/petstore; take another');
  expect(problems("infra", "shop")[1]).toContain("is taken by packages/infra");
  expect(problems("sandbox", "shop")[1]).toContain("is taken by tools/sandbox");
});

it("takes no name that another app claims as its host name, or for its parts", () => {
  const root = mkdtempSync(path.join(tmpdir(), "demarc-request-"));
  for (const folder of ["packages/apps/shop", "tools"]) mkdirSync(path.join(root, folder), { recursive: true });
  const demarc = { team: "shop", hostnames: ["till"] };
  writeFileSync(path.join(root, "packages/apps/shop/package.json"), JSON.stringify({ nx: { name: "shop" }, demarc }));
  const asked = (name: string, team: string) => problems(name, team, [dev], root)[1];
  expect(asked("till", "pets")).toBe(
    '  name: host name "till" is claimed by packages/apps/shop/package.json (team shop) and by the new app (team pets); it can be one app\'s only: take it out of one of them',
  );
  expect(asked("shop-worker", "pets")).toContain('begins with "shop-", which is for parts of packages/apps/shop');
  expect(asked("shop-worker", "shop")).toBeUndefined();
  rmSync(root, { recursive: true });
});

it("takes no name that is too long for AWS", () => {
  expect(problems("a".repeat(31), "shop")[1]).toContain("is longer than 30 characters");
  expect(problems("a".repeat(30), "shop")).toEqual([]);
});

it("takes a team only that every environment has", () => {
  const { shop, ...others } = dev.teams;
  expect(problems("cart", "shop", [dev, { ...dev, name: "stage", teams: others }])[1]).toBe(
    '  team: "shop" is not a team of every environment; take one of infra, platform, pets: --team <team>',
  );
  expect(shop).toBeDefined();
});
