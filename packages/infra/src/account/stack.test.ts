import { environmentNamed } from "@demarc/shared/environment";
import { infra } from "@demarc/shared/ownership";
import { WorkspaceStack } from "@demarc/shared/stack";
import { App } from "cdktf";
import { accountStack } from "../testing/account";
import { addAccountStack } from "./stack";

const dev = environmentNamed("dev");

describe("the account stack", () => {
  it("is made once for the environments of an account and region, and again for another region", () => {
    const app = new App();
    addAccountStack(app, dev);
    addAccountStack(app, { ...dev, name: "test" });
    addAccountStack(app, { ...dev, name: "far", region: "eu-west-1" });
    expect(app.node.children.map(({ node }) => node.id)).toEqual([
      "account-123456789012-ap-northeast-1",
      "account-123456789012-eu-west-1",
    ]);
  });

  it("is the same whichever of its environments it is made from", () => {
    const other = { ...dev, name: "test", domain: "test.example.com", clusters: {} };
    expect(accountStack(other).json).toEqual(accountStack(dev).json);
  });

  it("makes no bucket where states lie in files", () => {
    const stack = accountStack({ ...dev, state: { kind: "local", directory: ".state" } });
    expect(stack.resourceTypes).toEqual(["aws_iam_policy"]);
  });

  it("makes the very boundary that every role names", () => {
    const { permissionsBoundary } = new WorkspaceStack(new App(), { workspace: infra, stack: "x", environment: dev });
    const arns = accountStack()
      .resources("aws_iam_policy")
      .map(({ path, name }) => `arn:aws:iam::123456789012:policy${String(path)}${String(name)}`);
    expect(arns).toHaveLength(3);
    expect(arns).toContain(permissionsBoundary);
  });
});
