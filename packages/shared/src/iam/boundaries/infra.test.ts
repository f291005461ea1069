import { actionFacts, resourceTypesFor } from "@demarc/judge";
import type { Place } from "../../environment";
import { unlimitedRole } from "../../testing";
import policies from "../../testing/iam/aws-managed-policies.json";

const place: Place = { account: "111122223333", region: "eu-west-1" };
const iam = (resource: string) => `arn:aws:iam::${place.account}:${resource}`;

/** A role of infra as EKS takes it for the control plane of a cluster, and as every other service takes one. */
const ofControlPlane = unlimitedRole(place, { kind: "infra" }, { tags: { "eks:eks-cluster-name": "dev-a" } });
const ofOthers = unlimitedRole(place, { kind: "infra" });

interface ManagedStatement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Where any resource would do for AWS's policy, and not for ours. */
const meant: Readonly<Record<string, string>> = {
  "iam:CreateServiceLinkedRole": iam(
    "role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
  ),
  "iam:PassRole": iam("role/demarc/dev/infra/dev-a-nodes"),
  "ssm:GetParameter": "arn:aws:ssm:eu-west-1:111122223333:parameter/aws/service/x",
  "ssm:GetParameters": "arn:aws:ssm:eu-west-1:111122223333:parameter/aws/service/x",
};

/** An ARN of here that a pattern stands for. */
function one(pattern: string): string {
  const [, , service = "", region = "", account = "", ...rest] = pattern
    .replace("${Region}", place.region)
    .replace("${Account}", place.account)
    .split(":");
  const resource = rest.join(":").replace(/\$\{\w+\}|\*/g, "x");
  return ["arn:aws", service, region && place.region, account && place.account, resource].join(":");
}

/** Values under which the conditions of a statement hold, for the cluster dev-a. */
function contextOf({ Condition = {} }: ManagedStatement): Question["context"] {
  const keys = Object.values(Condition).flatMap((each) => Object.entries(each));
  return Object.fromEntries(
    keys.map(([key, value]) => [
      key,
      [value]
        .flat()[0]
        ?.replace(/^\$\{.*\}$/, "dev-a")
        .replaceAll("*", "x") ?? "",
    ]),
  );
}

/** One question for each action of a statement and each kind of resource that it names. */
async function questionsOf(statement: ManagedStatement): Promise<Question[]> {
  const context = contextOf(statement);
  const asked = [statement.Action].flat().map(async (action) => {
    const types = (await actionFacts(action))?.resourceTypes ?? [];
    const named = [statement.Resource].flat();
    const patterns = named.includes("*") ? types.map(({ arn }) => arn) : named;
    if (types.length === 0) return [{ action, resource: "*", context }];
    if (named.includes("*") && meant[action] !== undefined) return [{ action, resource: meant[action], context }];
    const fitting = await Promise.all(
      patterns.map(one).map(async (arn) => ((await resourceTypesFor(action, arn)).length > 0 ? [arn] : [])),
    );
    return fitting.flat().map((resource) => ({ action, resource, context }));
  });
  return (await Promise.all(asked)).flat();
}

describe("the permissions boundary of infra", () => {
  it.each(Object.keys(policies))("leaves what AWS's policy %s gives", async (name) => {
    const { document } = policies[name as keyof typeof policies];
    const statements: readonly ManagedStatement[] = document.Statement;
    const questions = (await Promise.all(statements.map(questionsOf))).flat();
    expect(questions.length).toBeGreaterThanOrEqual(statements.length);
    for (const { action, resource, context } of questions)
      await expect(ofControlPlane).toAllow(action, resource, context);
  });
});

const nodes = iam("role/demarc/dev/infra/dev-a-nodes");
const to = (service: string) => ({ "iam:PassedToService": service });

/** What Auto Mode's rights would be good for in other hands, or on other things. */
const attempts = [
  { what: "the role of an app passed to EC2", action: "iam:PassRole", resource: iam("role/demarc/dev/store/a") },
  {
    what: "a controller's role passed to EC2",
    action: "iam:PassRole",
    resource: iam("role/demarc/dev/k8s-platform/a"),
  },
  { what: "a role of a team passed to EC2", action: "iam:PassRole", resource: iam("role/team/infra") },
  {
    what: "nodes' role passed to Lambda",
    action: "iam:PassRole",
    resource: nodes,
    context: to("lambda.amazonaws.com"),
  },
  {
    what: "a profile that EKS did not make",
    action: "iam:AddRoleToInstanceProfile",
    resource: iam("instance-profile/a"),
  },
  {
    what: "another service's own role",
    action: "iam:CreateServiceLinkedRole",
    resource: iam("role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS"),
    context: { "iam:AWSServiceName": "eks.amazonaws.com" },
  },
  {
    what: "a parameter of the company",
    action: "ssm:GetParameter",
    resource: "arn:aws:ssm:eu-west-1:111122223333:parameter/a",
  },
  {
    what: "a command to an instance",
    action: "ssm:SendCommand",
    resource: "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
  },
  {
    what: "a launch in another region",
    action: "ec2:RunInstances",
    resource: "arn:aws:ec2:eu-west-1:111122223333:instance/x",
    context: { "aws:RequestedRegion": "us-east-1" },
  },
];

describe("a role of infra, whatever its policy says", () => {
  it.each(attempts)("by $what is refused by the boundary of infra", async ({ action, resource, context }) => {
    await expect(ofControlPlane).toRefuse(action, resource, context ?? to("ec2.amazonaws.com"), { by: "boundary" });
  });

  it.each([
    ["ec2:RunInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/x"],
    ["ec2:CreateLaunchTemplate", "arn:aws:ec2:eu-west-1:111122223333:launch-template/x"],
    ["iam:PassRole", nodes],
    ["iam:AddRoleToInstanceProfile", iam("instance-profile/eks-a")],
    ["wafv2:DisassociateWebACL", "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/x/x"],
  ])(
    "by %s, when EKS has not taken it for a control plane, is refused by the boundary of infra",
    async (action, resource) => {
      const context = action === "iam:PassRole" ? to("ec2.amazonaws.com") : {};
      await expect(ofOthers).toRefuse(action, resource, context, { by: "boundary" });
    },
  );
});
