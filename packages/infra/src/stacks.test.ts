import { environmentNamed } from "@demarc/shared/environment";
import { allowing, synthesized, SynthesizedStack } from "@demarc/shared/testing";
import { boundaryStatements, policyDocument } from "@demarc/shared/iam";
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

  it("give no role more than their workspace's permissions boundary leaves it", () => {
    const policy = policyDocument(boundaryStatements(dev, { kind: "infra" }, []));
    const boundary = new SynthesizedStack("boundary", { resource: { aws_iam_policy: { infra: { policy } } } });
    const given = Object.values(stacks)
      .flatMap(({ statements }) => statements)
      .filter(({ on }) => on === "aws_iam_role_policy")
      .flatMap(({ Action }) => Action as string[]);
    expect(given).toContain("logs:PutLogEvents");
    expect(given.filter((action) => allowing(boundary, action).length === 0)).toEqual([]);
  });
});
