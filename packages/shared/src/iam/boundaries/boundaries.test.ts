import { environmentNamed } from "../../environment";
import { allowing, onlyOn, SynthesizedStack } from "../../testing";
import { policyDocument } from "../permissions";
import { boundaryStatements, boundedKinds } from ".";

const dev = environmentNamed("dev");
const document = (kind: (typeof boundedKinds)[number], environment = dev) =>
  policyDocument(boundaryStatements(environment, kind));

/** The boundary as if it were a policy in a stack, so that it can be asked. */
const boundary = (kind: (typeof boundedKinds)[number]) =>
  new SynthesizedStack(kind, { resource: { aws_iam_policy: { boundary: { policy: document(kind) } } } });

describe.each(boundedKinds)("the permissions boundary of %s", (kind) => {
  it("fits the 6144 characters of a managed policy in any region", () => {
    expect(document(kind, { ...dev, region: "us-gov-northwest-1" }).length).toBeLessThan(6144);
  });

  it.each([
    "iam:AttachRolePolicy",
    "iam:CreatePolicyVersion",
    "iam:CreateRole",
    "iam:DeleteRolePermissionsBoundary",
    "iam:PassRole",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
    "organizations:LeaveOrganization",
    "sts:AssumeRole",
    "account:PutAlternateContact",
    // Each would lend the rights of another role.
    "ec2:RunInstances",
    "lambda:UpdateFunctionCode",
    "ssm:SendCommand",
    "eks:CreateAccessEntry",
    "eks:CreatePodIdentityAssociation",
    "kms:PutKeyPolicy",
    "s3:PutBucketPolicy",
    "secretsmanager:PutResourcePolicy",
  ])("lets no role widen itself by %s", (action) => {
    expect(allowing(boundary(kind), action)).toEqual([]);
  });

  it("names every service that a role may use", () => {
    const actions = boundaryStatements(dev, kind).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/^[a-z0-9-]+:/.test(action))).toEqual([]);
  });

  it("lets no role read or write a state", () => {
    const reads = allowing(boundary(kind), "s3:GetObject");
    const refused = boundaryStatements(dev, kind).filter(({ Effect }) => Effect === "Deny");
    const states = "arn:aws:s3:::demarc-state-123456789012-ap-northeast-1";
    expect(
      reads.length === 0 || refused.some((one) => one.Action.includes("s3:*") && one.Resource.includes(`${states}/*`)),
    ).toBe(true);
  });
});

describe("what each boundary leaves open", () => {
  it("lets ELB's own role be made, and no other", () => {
    for (const kind of ["infra", "k8s-platform"] as const) {
      expect(allowing(boundary(kind), "iam:CreateServiceLinkedRole")).toEqual([
        {
          ...onlyOn("arn:aws:iam::123456789012:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"),
          condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
        },
      ]);
    }
    expect(allowing(boundary("apps"), "iam:CreateServiceLinkedRole")).toEqual([]);
  });

  it("lets k8s-platform read the master users' secrets, which apps may not", () => {
    const secrets = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:";
    expect(allowing(boundary("k8s-platform"), "secretsmanager:GetSecretValue")).toEqual([onlyOn(`${secrets}rds!*`)]);
    expect(boundaryStatements(dev, "apps")).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Action: ["secretsmanager:*"], Resource: [`${secrets}rds!*`] }),
    );
  });

  it("lets apps connect to a database and use queues of this account and region only", () => {
    const here = "ap-northeast-1:123456789012";
    expect(allowing(boundary("apps"), "rds-db:connect")).toEqual([onlyOn(`arn:aws:rds-db:${here}:dbuser:*/*`)]);
    expect(allowing(boundary("apps"), "sqs:SendMessage")).toEqual([onlyOn(`arn:aws:sqs:${here}:*`)]);
    expect(allowing(boundary("apps"), "s3:GetObject")).toEqual([
      { ...onlyOn("arn:aws:s3:::*"), condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } } },
    ]);
  });

  it("lets apps make nothing", () => {
    for (const action of [
      "sqs:CreateQueue",
      "s3:CreateBucket",
      "dynamodb:CreateTable",
      "route53:ChangeResourceRecordSets",
    ]) {
      expect(allowing(boundary("apps"), action)).toEqual([]);
    }
  });
});
