import { clusterStack } from "../testing/cluster";

const groups = (...args: Parameters<typeof clusterStack>) =>
  clusterStack(...args)
    .resources("aws_cloudwatch_log_group")
    .map(({ name, retention_in_days, kms_key_id }) => ({ name, retention_in_days, kms_key_id }));

const key = expect.stringMatching(/keys_v1\.logKeyArn\}$/);

describe("the cluster's logs", () => {
  it("go to encrypted groups, kept for a year", () => {
    expect(groups()).toEqual([
      { name: "/aws/eks/dev-a/cluster", retention_in_days: 365, kms_key_id: key },
      { name: "/demarc/dev-a/pods", retention_in_days: 365, kms_key_id: key },
    ]);
  });

  it("are kept as long as the settings say", () => {
    expect(groups({ logRetentionDays: 30 }).map((group) => group.retention_in_days)).toEqual([30, 30]);
  });
});
