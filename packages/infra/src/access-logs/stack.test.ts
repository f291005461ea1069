import { edgeStack } from "../testing/edge";

const stack = edgeStack({}, "dev-access-logs");

describe("the bucket of access logs", () => {
  it("is never public, and encrypted as Elastic Load Balancing can", () => {
    expect(stack.resource("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(stack.resource("aws_s3_bucket_server_side_encryption_configuration")["rule"]).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
  });

  it("takes logs of load balancers of this account and region, and nothing without TLS", () => {
    const [write, tls] = stack.statements;
    expect(write).toMatchObject({
      Effect: "Allow",
      Action: ["s3:PutObject"],
      Resource: [expect.stringMatching(/\.arn\}\/AWSLogs\/123456789012\/\*$/)],
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Condition: {
        ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/*" },
      },
    });
    expect(tls).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(stack.statements).toHaveLength(2);
  });

  it("outlives a destroy with its logs, unless the settings say that no log does", () => {
    expect(stack.resource("aws_s3_bucket")).toMatchObject({ lifecycle: { prevent_destroy: true } });
    expect(stack.resource("aws_s3_bucket")).not.toHaveProperty("force_destroy");
    const gone = edgeStack({ retain: { logs: false, volumes: true } }, "dev-access-logs").resource("aws_s3_bucket");
    expect(gone).toMatchObject({ force_destroy: true });
    expect(gone).not.toHaveProperty("lifecycle");
  });

  it("deletes logs after the days of the settings, and what was never finished", () => {
    const of = (days: number) => edgeStack({ settings: { accessLogRetentionDays: days } }, "dev-access-logs");
    expect(of(30).resource("aws_s3_bucket_lifecycle_configuration")["rule"]).toMatchObject([
      { status: "Enabled", expiration: [{ days: 30 }] },
      { status: "Enabled", abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] },
    ]);
  });

  it("is published once it takes logs", () => {
    expect(stack.outputs["accessLogs_v1"]).toEqual({
      bucketName: expect.stringMatching(/^\$\{aws_s3_bucket_policy\..*\.bucket\}$/),
    });
  });
});
