import { allow, deny, policyDocument, trustPodIdentity, trustService } from ".";

describe("a policy document", () => {
  it("is what AWS reads: no more keys than a statement has", () => {
    const statements = [
      allow("sqs:SendMessage", "sqs:GetQueueUrl")
        .on("arn:queue")
        .when({ StringEquals: { "aws:a": "1" } })
        .when({ Bool: { "aws:b": "true" } }),
      deny("iam:*").on("*"),
    ];
    expect(JSON.parse(policyDocument(statements))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["sqs:SendMessage", "sqs:GetQueueUrl"],
          Resource: ["arn:queue"],
          Condition: { StringEquals: { "aws:a": "1" }, Bool: { "aws:b": "true" } },
        },
        { Effect: "Deny", Action: ["iam:*"], Resource: ["*"] },
      ],
    });
  });

  it("keeps two conditions of the same operator, both", () => {
    const statement = allow("x:y")
      .on("*")
      .when({ StringEquals: { a: "1" } })
      .when({ StringEquals: { b: "2" } });
    expect(statement.Condition).toEqual({ StringEquals: { a: "1", b: "2" } });
  });
});

describe("trust", () => {
  it("lets a service in, under conditions where there are some", () => {
    expect(trustService("ec2.amazonaws.com")).toEqual({
      Effect: "Allow",
      Principal: { Service: "ec2.amazonaws.com" },
      Action: ["sts:AssumeRole"],
    });
    const conditions = { StringEquals: { "aws:SourceAccount": "123456789012" } };
    expect(trustService("vpc-flow-logs.amazonaws.com", conditions).Condition).toEqual(conditions);
  });

  it("lets EKS Pod Identity hand the role to one service account, and tag the session, as it must", () => {
    const environment = { account: "210987654321", region: "eu-west-1" };
    const pod = { cluster: "test-b", namespace: "kube-system", serviceAccount: "aws-node" };
    const trust = trustPodIdentity({ environment, ...pod });
    expect(trust.Action).toEqual(["sts:AssumeRole", "sts:TagSession"]);
    expect(trust.Condition).toEqual({
      StringEquals: {
        "aws:SourceAccount": "210987654321",
        "aws:RequestTag/eks-cluster-name": "test-b",
        "aws:RequestTag/kubernetes-namespace": "kube-system",
        "aws:RequestTag/kubernetes-service-account": "aws-node",
      },
      ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-west-1:210987654321:cluster/test-b" },
    });
  });
});
