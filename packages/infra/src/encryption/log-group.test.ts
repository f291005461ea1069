import { clusterStack } from "../testing/cluster";
import { dataStack } from "../testing/data";
import { edgeEnvironment, edgeStack } from "../testing/edge";
import { keysStack } from "../testing/keys";
import { networkStack } from "../testing/network";

const stacks = [networkStack(), dataStack(), clusterStack(), edgeStack()];
const groups = stacks.flatMap((stack) => stack.resources("aws_cloudwatch_log_group"));

describe("the log groups of infra", () => {
  it("are encrypted with one key, and outlive a destroy unless the settings say otherwise", () => {
    expect(groups).toHaveLength(6);
    for (const group of groups)
      expect(group).toMatchObject({ kms_key_id: expect.stringMatching(/keys_v1\.logKeyArn\}$/), skip_destroy: true });
  });

  it("take over a group of their name that is there already, and only where one is", () => {
    const imports = stacks.flatMap(({ json }) => json["import"] as Record<string, string>[]);
    expect(imports.map(({ id }) => id)).toEqual(groups.map(({ name }) => name));
    for (const { id, to, for_each } of imports) {
      expect(to).toMatch(/^aws_cloudwatch_log_group\.[\w-]+$/);
      expect(for_each).toMatch(
        /^\$\{toset\(\[for found in data\.aws_cloudwatch_log_groups\.[\w-]+\.log_group_names : /,
      );
      expect(for_each).toContain(` if found == "${String(id)}"])`);
    }
  });

  it("are those that CloudWatch Logs may use the key for, and another environment's are not", () => {
    const [patterns] = keysStack({}, edgeEnvironment()).statements.flatMap(({ Principal, Condition }) =>
      JSON.stringify(Principal) === '{"Service":"logs.ap-northeast-1.amazonaws.com"}'
        ? [(Condition as { ArnLike: Record<string, string[]> }).ArnLike["kms:EncryptionContext:aws:logs:arn"] ?? []]
        : [],
    );
    const covered = (name: string) =>
      (patterns ?? []).some((pattern) =>
        new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(
          `arn:aws:logs:ap-northeast-1:123456789012:log-group:${name}`,
        ),
      );
    for (const { name } of groups) expect([name, covered(String(name))]).toEqual([name, true]);
    for (const { name } of groups) {
      const elsewhere = String(name).replace("dev", "devtwo");
      expect([elsewhere, covered(elsewhere)]).toEqual([elsewhere, false]);
    }
  });
});
