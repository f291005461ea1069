import { keysStack } from "../testing/keys";

describe("the key of the block volumes", () => {
  const statements = keysStack().statements.filter(
    ({ on, Principal }) => on === "aws_kms_key" && JSON.stringify(Principal) === '{"AWS":"*"}',
  );

  it("can be used by Auto Scaling and Spot to launch a node, and by nobody of another account", () => {
    expect(statements).toHaveLength(2);
    for (const { Condition } of statements) {
      expect(Condition).toMatchObject({
        StringEquals: { "kms:CallerAccount": "123456789012" },
        ArnEquals: {
          "aws:PrincipalArn": [
            "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
            "arn:aws:iam::123456789012:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
          ],
        },
      });
    }
  });

  it("is granted on only to what AWS runs", () => {
    const grant = statements.find(({ Action }) => JSON.stringify(Action) === '["kms:CreateGrant"]');
    expect(grant).toMatchObject({ Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } } });
  });
});
