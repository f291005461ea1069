import path from "node:path";
import { environmentNamed, InvalidInput } from "@demarc/shared/environment";
import { requested } from "./request";

const root = path.resolve(__dirname, "../../..");
const dev = environmentNamed("dev");

/** All that is said against such a command line. */
function problems(args: readonly string[], environments = [dev]): string[] {
  try {
    requested(args, root, environments);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.message.split("\n");
  }
}

it("takes a name and a team, in any order", () => {
  expect(requested(["cart", "--team", "shop"], root, [dev])).toEqual({ name: "cart", team: "shop" });
  expect(requested(["--team=shop", "cart"], root, [dev])).toEqual({ name: "cart", team: "shop" });
});

it("says all that is wrong at once", () => {
  expect(problems(["Cart_", "--team", "cats", "--force", "more"])).toEqual([
    'new app "Cart_" is not valid (4 problems):',
    '  "--force" is not understood; the command is: npm run new-app -- <name> --team <team>',
    '  "more" is not understood; the command is: npm run new-app -- <name> --team <team>',
    '  name: "Cart_" must be lower case letters, digits and single dashes, starting with a letter',
    '  team: "cats" is not a team of every environment; take one of infra, platform, pets, shop: --team <team>',
  ]);
});

it("asks for both", () => {
  expect(problems([])).toEqual([
    'new app "" is not valid (2 problems):',
    "  name: nothing is given; the command is: npm run new-app -- <name> --team <team>",
    "  team: nothing is given; take one of infra, platform, pets, shop: --team <team>",
  ]);
});

it.each(["account", "network", "dns", "edge", "data", "cluster", "addons", "tenancy"])(
  "keeps %s for the stack of that name",
  (name) => {
    expect(problems([name, "--team", "shop"])[1]).toContain(`"${name}" is the name of a stack of another workspace`);
  },
);

it("takes no name that a project has", () => {
  expect(problems(["petstore", "--team", "shop"])[1]).toBe(
    '  name: "petstore" is taken by packages/apps/petstore; take another',
  );
  expect(problems(["infra", "--team", "shop"])[1]).toContain("is taken by packages/infra");
  expect(problems(["sandbox", "--team", "shop"])[1]).toContain("is taken by tools/sandbox");
});

it("takes no name that is too long for AWS", () => {
  expect(problems(["a".repeat(31), "--team", "shop"])[1]).toContain("is longer than 30 characters");
  expect(problems(["a".repeat(30), "--team", "shop"])).toEqual([]);
});

it("takes a team only that every environment has", () => {
  const { shop, ...others } = dev.teams;
  expect(problems(["cart", "--team", "shop"], [dev, { ...dev, name: "stage", teams: others }])[1]).toBe(
    '  team: "shop" is not a team of every environment; take one of infra, platform, pets: --team <team>',
  );
  expect(shop).toBeDefined();
});
