import { dev } from "../../testing";
import { teamStatements } from ".";

const apps = [
  { name: "cats", team: "pets", hostnames: [] },
  { name: "store", team: "shop", hostnames: [] },
];

const rights = (team: string) =>
  teamStatements(dev, team, apps).flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => Resource.map((resource) => `${action} ${resource}`)),
  );

it.each([
  ["pets", ["cats"]],
  ["shop", ["store"]],
  ["platform", ["k8s-platform"]],
  ["infra", ["infra"]],
])("the roles of team %s take the roles of their own workspaces, and no others", (team, workspaces) => {
  const taken = rights(team).filter((right) => right.startsWith("sts:AssumeRole "));
  expect(taken).toEqual(
    workspaces.flatMap((name) =>
      ["plan", "deploy"].map(
        (step) => `sts:AssumeRole arn:aws:iam::123456789012:role/demarc/dev/access/dev-${name}-${step}`,
      ),
    ),
  );
});

it("the roles of a team read and write no state, and no plan's values", () => {
  const bucket = "arn:aws:s3:::demarc-state-123456789012-ap-northeast-1";
  expect(rights("pets").filter((right) => !right.startsWith("sts:"))).toEqual([
    "eks:DescribeCluster arn:aws:eks:ap-northeast-1:123456789012:cluster/dev-a",
    `s3:ListBucket ${bucket}`,
    `s3:GetObject ${bucket}/plans/dev/_manifests/*.json`,
    `s3:PutObject ${bucket}/plans/dev/_manifests/*.json`,
    `s3:GetObject ${bucket}/deployed/dev/*.json`,
    "kms:Decrypt arn:aws:kms:ap-northeast-1:123456789012:key/*",
    "kms:GenerateDataKey arn:aws:kms:ap-northeast-1:123456789012:key/*",
  ]);
});

it("the roles of a team without a workspace take none, and nothing lies in a bucket where states lie in files", () => {
  const local = { ...dev, state: { kind: "local" as const, directory: ".state" } };
  expect(teamStatements(local, "pets", []).flatMap(({ Action }) => Action)).toEqual(["eks:DescribeCluster"]);
});
