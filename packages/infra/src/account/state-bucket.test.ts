import { z } from "zod";
import { accountStack } from "../testing/account";

const stack = accountStack();

describe("the state bucket", () => {
  it("is adopted, not made: it is there before its own stack has a state", () => {
    expect(stack.json["import"]).toEqual([
      { id: "demarc-state-123456789012-ap-northeast-1", to: expect.stringMatching(/^aws_s3_bucket\./) },
    ]);
    expect(stack.resource("aws_s3_bucket")["bucket"]).toBe("demarc-state-123456789012-ap-northeast-1");
  });

  it("is not destroyed by a slip, nor is the key without which no state can be read", () => {
    expect(stack.resource("aws_s3_bucket")["lifecycle"]).toEqual({ prevent_destroy: true });
    expect(stack.resource("aws_kms_key")["lifecycle"]).toEqual({ prevent_destroy: true });
  });

  it("holds its own stack's state, whose writes name no key, as the first come before it", () => {
    expect(stack.json["terraform"]).toMatchObject({
      backend: { s3: { bucket: "demarc-state-123456789012-ap-northeast-1", use_lockfile: true } },
    });
    expect(stack.json["terraform"]).not.toHaveProperty("backend.s3.encrypt");
    expect(stack.json["terraform"]).not.toHaveProperty("backend.s3.kms_key_id");
  });

  it("encrypts what is written to it with the key that other stacks know by its alias", () => {
    expect(stack.resource("aws_s3_bucket_server_side_encryption_configuration")["rule"]).toEqual([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: "aws:kms",
          kms_master_key_id: expect.stringContaining("aws_kms_key.states_key"),
        },
        bucket_key_enabled: true,
      },
    ]);
    expect(stack.resource("aws_kms_alias")).toMatchObject({
      name: "alias/demarc-state",
      target_key_id: expect.stringContaining("aws_kms_key.states_key"),
    });
    expect(stack.resource("aws_kms_key")["enable_key_rotation"]).toBe(true);
  });

  it("is never public", () => {
    expect(stack.resource("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(stack.resource("aws_s3_bucket_ownership_controls")["rule"]).toEqual({
      object_ownership: "BucketOwnerEnforced",
    });
  });

  it("keeps the last states for ever, and what is older or was never finished for a while", () => {
    expect(stack.resource("aws_s3_bucket_versioning")["versioning_configuration"]).toEqual({ status: "Enabled" });
    const { rule } = stack.resource("aws_s3_bucket_lifecycle_configuration");
    expect(rule).toContainEqual(
      expect.objectContaining({
        status: "Enabled",
        noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: 20 }],
      }),
    );
    expect(rule).toContainEqual(
      expect.objectContaining({
        status: "Enabled",
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      }),
    );
  });

  it("deletes saved plans after a day, and nothing else that is current", () => {
    const { rule } = stack.resource("aws_s3_bucket_lifecycle_configuration");
    const deleting = z
      .array(z.record(z.string(), z.unknown()))
      .parse(rule)
      .filter((one) => /"(days|date)":/.test(JSON.stringify(one)));
    expect(deleting).toEqual([
      {
        id: "saved-plans",
        status: "Enabled",
        filter: [{ prefix: "plans/" }],
        expiration: [{ days: 1 }],
        noncurrent_version_expiration: [{ noncurrent_days: 1 }],
      },
    ]);
  });
});
