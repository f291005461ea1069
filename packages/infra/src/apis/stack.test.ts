import { dev } from "@demarc/shared/testing";
import { apisEnvironment, apisStacks } from "../testing/apis";
import { apisSettingsProblems } from "./stacks";

const { "dev-apis": stack } = apisStacks();

describe("what REST APIs lean on", () => {
  it("is an encrypted log group for each app that has one, and no other", () => {
    const groups = stack?.resources("aws_cloudwatch_log_group") ?? [];
    expect(groups.map(({ name }) => name)).toEqual(["/demarc/dev/apis/petstore", "/demarc/dev/apis/storefront"]);
    for (const group of groups)
      expect(group).toMatchObject({
        retention_in_days: 365,
        kms_key_id: expect.stringContaining("keys_v1.logKeyArn"),
        skip_destroy: true,
      });
    expect(stack?.outputs).toMatchObject({
      apis_v1: { accessLogGroupArns: { petstore: expect.any(String), storefront: expect.any(String) } },
    });
  });

  it("keeps records as long as it is told to", () => {
    const { "dev-apis": told } = apisStacks(apisEnvironment, { accessLogRetentionDays: 30 });
    expect(told?.resources("aws_cloudwatch_log_group")[0]).toMatchObject({ retention_in_days: 30 });
  });

  it("is not planned before the account has API Gateway's role for logs", () => {
    const { terraform_remote_state: states } = (
      stack?.json as { data: { terraform_remote_state: Record<string, object> } }
    ).data;
    expect(states["infra-account-v1"]).toMatchObject({ config: { key: "account/infra/account.tfstate" } });
    expect(JSON.stringify(states["infra-account-v1"])).toContain("lacks");
  });

  it("is not there where apps have no API, and takes no settings there", () => {
    expect(apisStacks(dev)).toEqual({});
    expect(apisSettingsProblems(dev, {})).toEqual([expect.objectContaining({ path: ["apis"] })]);
    expect(apisSettingsProblems(dev, undefined)).toEqual([]);
    expect(apisSettingsProblems(apisEnvironment, {})).toEqual([]);
  });
});
