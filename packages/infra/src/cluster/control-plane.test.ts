import { dev, roleIn, unlimitedRole } from "@demarc/shared/testing";
import { clusterStack } from "../testing/cluster";

const eks = (...args: Parameters<typeof clusterStack>) => clusterStack(...args).resource("aws_eks_cluster");

describe("the control plane", () => {
  it("encrypts Kubernetes secrets with a key that AWS rotates", () => {
    const stack = clusterStack();
    expect(stack.resource("aws_eks_cluster")["encryption_config"]).toEqual({
      provider: { key_arn: expect.stringMatching(/^\$\{aws_kms_key\.control-plane_secrets-key_.*\.arn\}$/) },
      resources: ["secrets"],
    });
    expect(stack.resources("aws_kms_key").every((key) => key["enable_key_rotation"] === true)).toBe(true);
  });

  it("has a key that no app may use, even were it tagged by mistake", async () => {
    const stack = clusterStack();
    const apps = [{ name: "any", team: "shop", hostnames: [] }];
    const role = unlimitedRole(dev, { kind: "apps", team: "shop" }, { apps, producers: [stack] });
    const key = stack.arnOf("aws_kms_key", "control-plane_secrets-key");
    const tagged = { "aws:ResourceTag/used-by": "shop" };
    await expect(role).toRefuse("kms:Decrypt", key, tagged, { by: "boundary" });
  });

  it("writes all of its five logs to a group that is there before it", () => {
    expect(eks()).toMatchObject({
      enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      depends_on: expect.arrayContaining([expect.stringMatching(/^aws_cloudwatch_log_group\.logs_control-plane/)]),
    });
  });

  it("writes fewer logs where the settings say so", () => {
    const controlPlaneLogs: ["audit", "authenticator"] = ["audit", "authenticator"];
    expect(eks({ controlPlaneLogs })).toMatchObject({ enabled_cluster_log_types: controlPlaneLogs });
  });

  it("gives rights by access entries only, and none to whoever creates it", () => {
    expect(eks()["access_config"]).toEqual({
      authentication_mode: "API",
      bootstrap_cluster_creator_admin_permissions: false,
    });
  });

  it("has no add-on that EKS installs unasked", () => {
    expect(eks()["bootstrap_self_managed_addons"]).toBe(false);
  });

  it("is of the version that the environment names, and stays so when its standard support ends", () => {
    expect(eks()).toMatchObject({ version: "1.35", upgrade_policy: { support_type: "EXTENDED" } });
  });

  it("can be called inside the VPC only", () => {
    expect(eks()["vpc_config"]).toMatchObject({ endpoint_private_access: true, endpoint_public_access: false });
    expect(eks()["vpc_config"]).not.toHaveProperty("public_access_cidrs");
  });

  const callers = (stack: ReturnType<typeof clusterStack>) =>
    stack.resources("aws_vpc_security_group_ingress_rule").filter((rule) => rule["cidr_ipv4"] !== undefined);

  it("can be called by nobody but its nodes, where the settings name nobody", () => {
    expect(callers(clusterStack())).toEqual([]);
  });

  it("can be called on 443 from the private ranges that the settings name, and on nothing else", () => {
    const endpoint = { kind: "private" as const, cidrs: ["100.64.0.10/32", "10.20.0.0/16"] };
    expect(callers(clusterStack({ endpoint }))).toEqual(
      endpoint.cidrs.map((cidr) => ({
        description: "Calls the Kubernetes API",
        security_group_id: expect.stringMatching(
          /^\$\{aws_eks_cluster\..*vpc_config\[0\]\.cluster_security_group_id\}$/,
        ),
        cidr_ipv4: cidr,
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
      })),
    );
  });

  it("can be called from the ranges that the settings name, and still inside the VPC", () => {
    const endpoint = { kind: "public" as const, cidrs: ["8.8.8.0/24"], reason: "No runner in the VPC yet" };
    expect(eks({ endpoint })["vpc_config"]).toMatchObject({
      endpoint_private_access: true,
      endpoint_public_access: true,
      public_access_cidrs: ["8.8.8.0/24"],
    });
  });

  it("takes its Services' range from the settings, or leaves it to EKS", () => {
    expect(eks({ serviceCidr: "172.20.0.0/16" })["kubernetes_network_config"]).toEqual({
      service_ipv4_cidr: "172.20.0.0/16",
    });
    expect(eks()).not.toHaveProperty("kubernetes_network_config");
  });

  it("has a role that EKS assumes for this one cluster of this account", async () => {
    const role = roleIn(clusterStack(), "dev-a-control-plane");
    const service = "eks.amazonaws.com";
    const source = (account: string, cluster = "dev-a") => ({
      "aws:SourceAccount": account,
      "aws:SourceArn": `arn:aws:eks:ap-northeast-1:${account}:cluster/${cluster}`,
    });
    await expect(role).toTrust({ service }, source("123456789012"));
    await expect(role).not.toTrust({ service }, source("210987654321"));
    await expect(role).not.toTrust({ service }, { ...source("123456789012"), "aws:SourceAccount": "210987654321" });
    await expect(role).not.toTrust({ service }, source("123456789012", "dev-b"));
    await expect(role).not.toTrust({ service });
    await expect(role).not.toTrust({ service: "ec2.amazonaws.com" }, source("123456789012"));
  });
});
