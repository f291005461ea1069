import { actionFacts, actionsMatching, conditionKeysOf, resourceTypesFor } from "./index";

describe("an action", () => {
  it.each([
    ["sqs:SendMessage", true],
    ["sqs:DeleteMessage", true],
    ["sqs:ListQueues", false],
    ["ec2:CreateTags", true],
    ["s3:GetObject", false],
    ["iam:PutRolePolicy", true],
    ["route53:ChangeResourceRecordSets", true],
  ])("%s writes: %s", async (action, writes) => {
    expect(await actionFacts(action)).toMatchObject({ name: action, writes });
  });

  it("is found in any case, and missed where there is none", async () => {
    expect(await actionFacts("SQS:sendmessage")).toMatchObject({ name: "sqs:SendMessage" });
    expect(await actionFacts("sqs:SendMessages")).toBeUndefined();
    expect(await actionFacts("nothing:At")).toBeUndefined();
  });

  it("knows what it acts on", async () => {
    const group = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/0123456789abcdef";
    expect(await resourceTypesFor("elasticloadbalancing:RegisterTargets", group)).toMatchObject([
      { name: "targetgroup" },
    ]);
    expect(await resourceTypesFor("elasticloadbalancing:RegisterTargets", "arn:aws:s3:::a")).toEqual([]);
  });

  it("knows its condition keys", async () => {
    expect(await conditionKeysOf("ec2:CreateTags")).toContain("ec2:CreateAction");
    expect(await conditionKeysOf("elasticloadbalancing:RegisterTargets")).toContain("aws:ResourceTag/${TagKey}");
  });
});

it.each([
  ["sqs:SendMessage", ["sqs:SendMessage"]],
  ["sqs:Send*", ["sqs:SendMessage"]],
  ["sqs:?endMessage", ["sqs:SendMessage"]],
  ["sqs:Nothing", []],
  ["nothing:*", []],
  ["*", ["*"]],
])("a pattern %s stands for %j", async (pattern, actions) => {
  expect(await actionsMatching(pattern)).toEqual(actions);
});
