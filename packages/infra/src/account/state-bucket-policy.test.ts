import { dev, unlimitedRole } from "@demarc/shared/testing";
import { accountStack } from "../testing/account";

const bucket = "arn:aws:s3:::demarc-state-123456789012-ap-northeast-1";
const state = `${bucket}/dev/infra/dev-network.tfstate`;
const stack = accountStack();

/** No boundary opens the states to a role, so what the bucket's policy leaves to IAM is refused by the boundary. */
const role = unlimitedRole(dev, { kind: "infra" }, { producers: [stack] });
const byPolicy = { by: "resource policy" } as const;
const byIam = { by: "boundary" } as const;

const KEY = role.resolved(stack.arnOf("aws_kms_key"));
const ALIAS = "arn:aws:kms:ap-northeast-1:123456789012:alias/demarc-state";
const encrypted = (algorithm: string, key?: string) => ({
  "s3:x-amz-server-side-encryption": algorithm,
  ...(key === undefined ? {} : { "s3:x-amz-server-side-encryption-aws-kms-key-id": key }),
});

describe("the state bucket's policy", () => {
  it.each(["s3:GetObject", "s3:DeleteObject"])("leaves the account's own %s to IAM", async (action) => {
    await expect(role).toRefuse(action, state, { "s3:TlsVersion": "1.3" }, byIam);
  });

  it.each([
    ["by alias", encrypted("aws:kms", ALIAS)],
    ["by ARN", encrypted("aws:kms", KEY)],
    ["not at all", {}],
  ])("takes a write that names the states' key %s", async (_, context) => {
    await expect(role).toRefuse("s3:PutObject", state, context, byIam);
  });

  it.each([
    ["another key", encrypted("aws:kms", "arn:aws:kms:ap-northeast-1:123456789012:alias/aws/s3")],
    ["the key that S3 would choose by itself", encrypted("aws:kms")],
    ["no KMS key", encrypted("AES256")],
    ["a key that only the caller knows", { "s3:x-amz-server-side-encryption-customer-algorithm": "AES256" }],
  ])("a write of a state that is to be encrypted with %s is refused by the bucket's policy", async (_, context) => {
    await expect(role).toRefuse("s3:PutObject", state, context, byPolicy);
  });

  it.each([
    ["s3:GetObject", state],
    ["s3:PutObject", state],
    ["s3:ListBucket", bucket],
  ])(
    "%s without TLS, with an old one, or from another account, is refused by the bucket's policy",
    async (action, on) => {
      await expect(role).toRefuse(action, on, { "aws:SecureTransport": "false" }, byPolicy);
      await expect(role).toRefuse(action, on, { "s3:TlsVersion": "1.1" }, byPolicy);
      const foreign = unlimitedRole({ ...dev, account: "210987654321" }, { kind: "infra" }, { producers: [stack] });
      await expect(foreign).toRefuse(action, on, {}, byPolicy);
    },
  );
});
