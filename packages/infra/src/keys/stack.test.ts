import { keysStack } from "../testing/keys";

/** Whether Terraform refuses to destroy each key, by what the key is for. */
function kept(...args: Parameters<typeof keysStack>): Record<string, boolean> {
  const stack = keysStack(...args);
  const labels = stack.labels("aws_kms_key");
  return Object.fromEntries<boolean>(
    labels.map((label) => [label.replace(/_.*/, ""), "lifecycle" in (stack.labelled("aws_kms_key", label) ?? {})]),
  );
}

describe("the keys of what may outlive the environment", () => {
  it("are one for each trust: logs, database, volumes", () => {
    expect(keysStack().outputs["keys_v1"]).toEqual({
      logKeyArn: expect.stringMatching(/^\$\{aws_kms_key\.logs_/),
      databaseKeyArn: expect.stringMatching(/^\$\{aws_kms_key\.database_/),
      volumeKeyArn: expect.stringMatching(/^\$\{aws_kms_key\.volumes_/),
    });
  });

  it("are rotated by AWS, and kept for a month after their deletion", () => {
    const keys = keysStack().resources("aws_kms_key");
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(key).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
  });

  it("are never destroyed while something may be left that only they can read", () => {
    expect(kept()).toEqual({ logs: true, database: true, volumes: true });
    expect(kept({ snapshots: false })).toEqual({ logs: true, database: false, volumes: true });
    expect(kept({ logs: false, snapshots: false, volumes: false })).toEqual({
      logs: false,
      database: false,
      volumes: false,
    });
    expect(keysStack().resources("aws_kms_key")).toContainEqual(
      expect.objectContaining({ lifecycle: { prevent_destroy: true } }),
    );
  });

  it("are left to IAM of the account, so that a key never ends up with nobody who may change it", () => {
    const governed = keysStack().statements.filter(({ Principal }) =>
      JSON.stringify(Principal).includes("arn:aws:iam::123456789012:root"),
    );
    expect(governed).toHaveLength(3);
    for (const statement of governed) expect(statement).toMatchObject({ Action: ["kms:*"], Resource: ["*"] });
  });
});
