import { environmentNamed } from "@demarc/shared/environment";
import { synthesized } from "@demarc/shared/testing";
import { build } from "./stacks";

const dev = environmentNamed("dev");
const stacks = synthesized(build, dev);

describe("infra's stacks of dev", () => {
  it("are one for the account, one for each domain and one for each cluster", () => {
    expect(Object.keys(stacks)).toEqual([
      "account-123456789012-ap-northeast-1",
      "dev-a-cluster",
      "dev-data",
      "dev-dns",
      "dev-network",
    ]);
  });

  it.each(Object.entries(stacks))("%s stays as it was last agreed to be", (_, stack) => {
    expect(stack.json).toMatchSnapshot();
  });
});
