import { accountStackId } from "@demarc/shared/environment";
import { appWorkspace, infra, k8sPlatform, type Workspace } from "@demarc/shared/workspace";
import { WorkspaceStack } from "@demarc/shared/stack";
import { dev, synthesized, unlimitedRole, withApps } from "@demarc/shared/testing";
import { App } from "cdktf";
import { accountStack } from "../testing/account";
import { lengthProblems } from "./policy-length";
import { addAccountStack } from "./stack";

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
    expect(stack.resourceTypes.filter((type) => /_s3_|_kms_/.test(type))).toEqual([]);
  });

  it("lets API Gateway write logs by a role of its own, below its boundary, which no environment's stack can have", () => {
    const stack = accountStack();
    expect(stack.resource("aws_iam_role")).toMatchObject({
      name: "demarc-api-gateway-logs-ap-northeast-1",
      path: "/demarc/account/infra/",
      permissions_boundary: expect.stringMatching(/policy\/demarc\/demarc-ap-northeast-1-infra$/),
      depends_on: [expect.stringMatching(/^aws_iam_policy\.boundary-infra/)],
    });
    expect(stack.resource("aws_iam_role_policy_attachment")["policy_arn"]).toBe(
      "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    );
    expect(stack.resource("aws_api_gateway_account")).toMatchObject({
      cloudwatch_role_arn: expect.stringMatching(/^\$\{aws_iam_role\./),
      reset_on_delete: true,
      depends_on: [expect.stringMatching(/^aws_iam_role_policy_attachment\./)],
    });
    expect(stack.outputs).toMatchObject({
      account_v1: { apiGatewayRoleArn: expect.stringMatching(/^\$\{aws_api_gateway_account\./) },
    });
  });

  describe("GitHub's identity provider", () => {
    const pipelines = { kind: "github-actions", repositoryId: "1", ownerId: "2", subjects: "ids", stage: 1 } as const;

    it("is made for pipelines that use it", () => {
      expect(accountStack({ ...dev, pipelines }).resource("aws_iam_openid_connect_provider")).toEqual({
        url: "https://token.actions.githubusercontent.com",
        client_id_list: ["sts.amazonaws.com"],
      });
    });

    it.each([
      ["no pipelines", dev],
      ["an account that has it already", { ...dev, pipelines: { ...pipelines, provider: "existing" } } as const],
    ])("is not made for %s", (_, environment) => {
      expect(accountStack(environment).resources("aws_iam_openid_connect_provider")).toEqual([]);
    });
  });

  it("makes the very boundaries that roles name, one for the apps of each team", () => {
    const boundaryOf = (workspace: Workspace) =>
      new WorkspaceStack(new App(), { workspace, stack: "x", environment: dev }).permissionsBoundary;
    const apps = [
      { name: "cats", team: "pets", hostnames: [] },
      { name: "dogs", team: "pets", hostnames: [] },
      { name: "store", team: "shop-eu", hostnames: [] },
    ];
    const { [accountStackId(dev)]: stack } = synthesized(withApps(apps, addAccountStack), dev);
    const arns = stack
      ?.resources("aws_iam_policy")
      .map(({ path, name }) => `arn:aws:iam::123456789012:policy${String(path)}${String(name)}`);
    const owners = [infra, k8sPlatform, ...apps.map(({ name, ...statement }) => appWorkspace(name, statement))];
    const deliverers = new WorkspaceStack(new App(), { workspace: infra, stack: "access", environment: dev });
    const named = new Set([...owners.map(boundaryOf), deliverers.permissionsBoundary]);
    expect(arns?.sort()).toEqual([...named].sort());
    expect(arns).toHaveLength(5);
  });

  it("has no boundary that AWS would refuse as too long, and names the team and what it can do", () => {
    const build = (users: number) =>
      withApps(
        Array.from({ length: users }, (_, at) => ({
          ...{ name: `app-${String(at)}`, team: "shop", hostnames: [] },
          databaseUser: `user-${String(at)}`.padEnd(30, "x"),
        })),
        addAccountStack,
      );
    expect(() => synthesized(build(30), dev)).not.toThrow();
    expect(() => synthesized(build(60), dev)).toThrow(
      /account-123456789012-ap-northeast-1 is not valid \(1 problem\):\n {2}boundary-apps-shop: the boundary of team "shop"'s apps has \d{4} characters without white space, and AWS takes 6144 at most; each database user of the team is one ARN in it: let apps share one/,
    );
  });

  it("has room for the apps of this repository, in the region with the longest name", () => {
    expect(() => accountStack({ ...dev, region: "ap-northeast-1" })).not.toThrow();
  });

  it.each([
    ["6144 characters and white space", `${"x".repeat(6144)} \n\t`, 0],
    ["6145 characters", "x".repeat(6145), 1],
  ])("counts as AWS does: %s", (_, policy, problems) => {
    for (const bounded of [{ kind: "infra" }, { kind: "apps", team: "shop" }] as const)
      expect(lengthProblems(bounded, policy)).toHaveLength(problems);
  });

  it("fences the states of its own bucket and key from every team, by name and alias", async () => {
    const stack = accountStack();
    const apps = [{ name: "any", team: "shop", hostnames: [] }];
    const role = unlimitedRole(dev, { kind: "apps", team: "shop" }, { apps, producers: [stack] });
    const states = "arn:aws:s3:::demarc-state-123456789012-ap-northeast-1";
    await expect(role).toRefuse("s3:GetObject", `${states}/x.tfstate`, {}, { by: "boundary" });
    // Even were it tagged by mistake.
    const tagged = { "aws:ResourceTag/used-by": "shop" };
    await expect(role).toRefuse("kms:Decrypt", stack.arnOf("aws_kms_key"), tagged, { by: "boundary" });
  });
});
