import { layoutOf } from "./layout";
import { cleanVariables, exportsOf, providerLockVariables } from "./variables";

const layout = layoutOf("/repository");

it("hides whatever leads to a real account", () => {
  const variables = cleanVariables(layout, {
    AWS_PROFILE: "production",
    AWS_ACCESS_KEY_ID: "AKIAREAL",
    AWS_SESSION_TOKEN: "real",
    AWS_CA_BUNDLE: "/missing.pem",
    AWS_CONFIG_FILE: "/home/me/.aws/config",
    TF_CLI_ARGS: "-lock=false",
    TF_AWS_IAM_ENDPOINT: "https://iam.example",
    TF_PLUGIN_CACHE_DIR: "/cache",
    DEMARC_ENVIRONMENT: "prod",
    KUBECONFIG: "/home/me/.kube/config",
    KUBE_CONFIG_PATH: "/home/me/.kube/config",
    PATH: "/bin",
    TF_LOG: "DEBUG",
  });

  expect(variables).toMatchObject({
    PATH: "/repository/.sandbox/bin:/bin",
    TF_LOG: "DEBUG",
    AWS_CONFIG_FILE: "/repository/.sandbox/no-aws-config",
  });
  expect(Object.keys(variables)).not.toEqual(
    expect.arrayContaining([
      expect.stringMatching(/PROFILE|SESSION|CA_BUNDLE|CLI_ARGS|IAM_ENDPOINT|CACHE|ENVIRONMENT|KUBE/),
    ]),
  );
  expect(variables["AWS_ACCESS_KEY_ID"]).toBeUndefined();
});

it("puts the sandbox's own programs first, once", () => {
  const once = cleanVariables(layout, { PATH: "/usr/bin:/bin" });
  expect(once["PATH"]).toBe("/repository/.sandbox/bin:/usr/bin:/bin");
  expect(cleanVariables(layout, once)["PATH"]).toBe(once["PATH"]);
});

it("asks no proxy for this machine, and keeps the user's own exceptions", () => {
  const { NO_PROXY, no_proxy } = cleanVariables(layout, { no_proxy: "intranet.example, localhost" });
  expect(NO_PROXY).toBe("intranet.example,localhost,127.0.0.1,::1");
  expect(no_proxy).toBe(NO_PROXY);
});

it("locks providers from the mirror only where it has those that cdktf asks for", () => {
  expect(providerLockVariables(layout, "linux_amd64")).toHaveProperty("TF_CLI_ARGS_providers_lock");
  expect(providerLockVariables(layout, "darwin_arm64")).not.toHaveProperty("TF_CLI_ARGS_providers_lock");
});

it("takes back what lets a deploy act as the teams, where the shell acts as one of them", () => {
  expect(exportsOf({ AWS_REGION: "x" }, { DEMARC_AS_TEAMS: "1", DEMARC_SANDBOX_HOME: "/mine" })).toEqual([
    "unset DEMARC_AS_TEAMS",
    "export AWS_REGION='x'",
  ]);
});

it("prints exports that a shell reads back, quotes included", () => {
  expect(exportsOf({ A: "it's" }, { AWS_PROFILE: "real", AWS_REGION: "x", HOME: "/home/me" })).toEqual([
    "unset AWS_PROFILE",
    "unset AWS_REGION",
    String.raw`export A='it'\''s'`,
  ]);
});
