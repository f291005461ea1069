import { environmentNamed } from "@demarc/shared/environment";
import type { Conditions } from "@demarc/shared/iam";
import { stateBucketPolicy } from "./state-bucket-policy";

const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/1234";
const ALIAS = "arn:aws:kms:ap-northeast-1:123456789012:alias/demarc-state";
const policy = stateBucketPolicy(environmentNamed("dev"), "arn:aws:s3:::states", KEY);

/** What S3 knows of a request, by the name of the condition key. */
type Request = Readonly<Record<string, string>>;

const operators: Readonly<Record<string, (actual: string | undefined, wanted: readonly string[]) => boolean>> = {
  Bool: (actual, wanted) => actual !== undefined && wanted.includes(actual),
  Null: (actual, wanted) => wanted.includes(String(actual === undefined)),
  NumericLessThan: (actual, [wanted]) => actual !== undefined && Number(actual) < Number(wanted),
  // A negated operator holds where the key is missing, as IAM's reference says.
  StringNotEquals: (actual, wanted) => actual === undefined || !wanted.includes(actual),
};

function holds(conditions: Conditions, request: Request): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => operators[operator]?.(request[key], [wanted].flat())),
  );
}

/** Whether the bucket's policy refuses an action on an object, whatever IAM says. */
function refuses(action: string, changes: Request = {}): boolean {
  const request = {
    "aws:SecureTransport": "true",
    "s3:TlsVersion": "1.3",
    "aws:PrincipalAccount": "123456789012",
    ...changes,
  };
  return policy.some(
    ({ Action, Resource, Condition = {} }) =>
      (Action.includes("s3:*") || Action.includes(action)) &&
      Resource.includes("arn:aws:s3:::states/*") &&
      holds(Condition, request),
  );
}

const encrypted = (algorithm: string, key?: string): Request => ({
  "s3:x-amz-server-side-encryption": algorithm,
  ...(key === undefined ? {} : { "s3:x-amz-server-side-encryption-aws-kms-key-id": key }),
});

describe("the state bucket's policy", () => {
  it("leaves the account's own reads and deletes to IAM", () => {
    expect(refuses("s3:GetObject")).toBe(false);
    expect(refuses("s3:DeleteObject")).toBe(false);
  });

  it("takes a write that names the states' key, by alias or ARN, or no key at all", () => {
    expect(refuses("s3:PutObject", encrypted("aws:kms", ALIAS))).toBe(false);
    expect(refuses("s3:PutObject", encrypted("aws:kms", KEY))).toBe(false);
    expect(refuses("s3:PutObject")).toBe(false);
  });

  it.each([
    ["another key", encrypted("aws:kms", "arn:aws:kms:ap-northeast-1:123456789012:alias/aws/s3")],
    ["the key that S3 would choose by itself", encrypted("aws:kms")],
    ["no KMS key", encrypted("AES256")],
    ["a key that only the caller knows", { "s3:x-amz-server-side-encryption-customer-algorithm": "AES256" }],
  ])("refuses a write that is to be encrypted with %s", (_, request) => {
    expect(refuses("s3:PutObject", request)).toBe(true);
  });

  it.each([
    ["without TLS", { "aws:SecureTransport": "false" }],
    ["with an old TLS", { "s3:TlsVersion": "1.1" }],
    ["from another account", { "aws:PrincipalAccount": "210987654321" }],
  ])("refuses everything %s", (_, request) => {
    for (const action of ["s3:GetObject", "s3:PutObject", "s3:ListBucket"]) expect(refuses(action, request)).toBe(true);
  });

  it("holds for the bucket as for what is in it, and for everybody", () => {
    const general = policy.filter(({ Action }) => Action.includes("s3:*"));
    for (const { Resource } of general) expect(Resource).toContain("arn:aws:s3:::states");
    expect(policy.every(({ Principal, Effect }) => Principal === "*" && Effect === "Deny")).toBe(true);
  });
});
