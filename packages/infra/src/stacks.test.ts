import { allEnvironments } from "@demarc/shared/environment";
import { dev, itTakesNamesOnly, synthesized } from "@demarc/shared/testing";
import files from "./settings";
import { build, buildFrom } from "./stacks";
import { settings } from "./testing/settings";

it("are one for the account, one for each domain and one for each cluster", () => {
  expect(Object.keys(synthesized(buildFrom({ dev: settings }), dev))).toEqual([
    "account-123456789012-ap-northeast-1",
    "dev-a-cluster",
    "dev-data",
    "dev-dns",
    "dev-keys",
    "dev-network",
  ]);
});

describe.each(allEnvironments())("infra's stacks of $name", (environment) => {
  it.each(Object.entries(synthesized(build, environment)))("%s stays as it was last agreed to be", (_, stack) => {
    expect(stack.json).toMatchSnapshot();
  });
});

itTakesNamesOnly(buildFrom, files);
describe("the fixture", () => {
  itTakesNamesOnly(buildFrom, { dev: settings }, [dev]);
});
