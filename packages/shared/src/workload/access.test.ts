import { roleIn, type SynthesizedStack } from "../testing";
import { registeredStorefront, storefront } from "../testing/web-application";
import { allow } from "../iam";

const data = (output: string) => `\${data.terraform_remote_state.infra-data-v1.outputs.data_v1.${output}}`;
const databaseUser = (name: string) =>
  `arn:aws:rds-db:ap-northeast-1:123456789012:dbuser:${data("databaseResourceId")}/${name}`;
const cluster = (output: string) => `\${data.terraform_remote_state.infra-cluster-v1.outputs.cluster_v1.${output}}`;
const platform = (output: string) =>
  `\${data.terraform_remote_state.k8s-platform-platform-v2.outputs.platform_v2.${output}}`;

/** Role of the app's pods. */
function roleOf(stack: SynthesizedStack) {
  return roleIn(stack, "dev-a-app-storefront", { apps: [registeredStorefront] });
}

function role(...[changes]: Parameters<typeof storefront>) {
  return roleOf(storefront(changes));
}

/** What the container is told by its environment. */
function variables(...[changes]: Parameters<typeof storefront>) {
  const { spec } = storefront(changes).object("Deployment") as {
    spec: { template: { spec: { containers: [{ env: { name: string; value: string }[] }] } } };
  };
  return Object.fromEntries(spec.template.spec.containers[0].env.map(({ name, value }) => [name, value]));
}

describe("an app's role", () => {
  it("may do what the app asks for before a pod runs by it", () => {
    const stack = storefront({ database: true });
    expect(stack.resource("kubernetes_service_account_v1")["depends_on"]).toEqual(
      stack.labels("aws_iam_role_policy").map((label) => `aws_iam_role_policy.${label}`),
    );
    expect(stack.resource("helm_release")["depends_on"]).toEqual(
      expect.arrayContaining(
        stack.labels("kubernetes_service_account_v1").map((label) => `kubernetes_service_account_v1.${label}`),
      ),
    );
    expect(stack.object("Deployment")).toMatchObject({
      spec: { template: { spec: { serviceAccountName: "storefront" } } },
    });
  });

  it("is trusted to the app's service account in its namespace and cluster, and to nobody else", async () => {
    const stack = storefront({ database: true });
    expect(stack.resource("aws_iam_role")["path"]).toBe("/demarc/dev/storefront/");
    const asking = roleOf(stack);
    const provider = cluster("oidcProviderArn");
    const claims = {
      [`${cluster("oidcIssuer")}:sub`]: `system:serviceaccount:${platform("namespaces.shop")}:storefront`,
      [`${cluster("oidcIssuer")}:aud`]: "sts.amazonaws.com",
    };
    await expect(asking).toTrust({ provider }, claims);
    for (const [key, value] of [
      ["sub", `system:serviceaccount:${platform("namespaces.pets")}:storefront`],
      ["sub", `system:serviceaccount:${platform("namespaces.shop")}:default`],
      ["aud", "https://kubernetes.default.svc"],
    ] as const)
      await expect(asking).not.toTrust({ provider }, { ...claims, [`${cluster("oidcIssuer")}:${key}`]: value });
    await expect(asking).not.toTrust({ provider }, {});
    await expect(asking).not.toTrust({ provider: `${provider}-of-another` }, claims);
    await expect(asking).not.toTrust({ service: "pods.eks.amazonaws.com" }, claims);
    const account = stack.resource("kubernetes_service_account_v1");
    expect(account).toMatchObject({ metadata: { annotations: { "eks.amazonaws.com/role-arn": expect.anything() } } });
    expect(account["automount_service_account_token"]).toBe(false);
  });

  it("may do what the app asks for besides, under its conditions", async () => {
    const catalogue = "arn:aws:s3:::shop--catalogue";
    const condition = { StringEquals: { "s3:prefix": "shop" } };
    const asking = role({ permissions: [allow("s3:ListBucket").on(catalogue).when(condition)] });
    await expect(asking).toAllow("s3:ListBucket", catalogue, { "s3:prefix": "shop" });
    await expect(asking).toRefuse("s3:ListBucket", catalogue, { "s3:prefix": "pets" }, { by: "identity policy" });
    await expect(asking).toRefuse("rds-db:connect", databaseUser("storefront"));
  });

  it("may name IAM's own variables", async () => {
    const asking = role({ permissions: [allow("s3:GetObject").on("arn:aws:s3:::shop--${aws:PrincipalTag/team}/*")] });
    await expect(asking).toAllow("s3:GetObject", "arn:aws:s3:::shop--shop/a");
    await expect(asking).toRefuse("s3:GetObject", "arn:aws:s3:::shop--pets/a", {}, { by: "identity policy" });
  });
});

describe("an app with the database", () => {
  it("may connect as its own user of that database, and never reads the master secret", async () => {
    const stack = storefront({ database: true });
    const asking = roleOf(stack);
    await expect(asking).toAllow("rds-db:connect", databaseUser("storefront"));
    await expect(asking).toRefuse("rds-db:connect", databaseUser("petstore"), {}, { by: "identity policy" });
    await expect(asking).toRefuse("rds-db:connect", databaseUser("storefront").replace("ResourceId", "Host"));
    await expect(asking).toRefuse("secretsmanager:GetSecretValue", data("databaseMasterSecretArn"));
    expect(JSON.stringify(stack.json["resource"])).not.toContain("databaseMasterSecret");
  });

  it("is told where it is, and gets through to it and to AWS", () => {
    expect(variables({ database: true })).toEqual({
      DATABASE_HOST: data("databaseHost"),
      DATABASE_PORT: data("databasePort"),
      DATABASE_NAME: data("databaseName"),
      DATABASE_USER: "storefront",
      DATABASE_CA_FILE: "/etc/demarc/database/ca.pem",
    });
    const { spec } = storefront({ database: true }).resource("kubernetes_network_policy_v1") as {
      spec: { egress: { to: [{ ip_block: { cidr: string } }]; ports: [{ port: string }] }[] };
    };
    expect(spec.egress.map(({ to, ports }) => [to[0].ip_block.cidr, ports[0].port])).toEqual([
      ["${data.terraform_remote_state.infra-network-v2.outputs.network_v2.vpcCidr}", data("databasePort")],
      ["0.0.0.0/0", "443"],
    ]);
  });
});

it("an app with the database finds there what to verify its certificate by", () => {
  const volumes = [{ name: "database-ca", configMap: { name: platform("databaseCaConfigMap") } }];
  const volumeMounts = [{ name: "database-ca", mountPath: "/etc/demarc/database", readOnly: true }];
  expect(storefront({ database: true }).object("Deployment")).toMatchObject({
    spec: { template: { spec: { volumes, containers: [{ volumeMounts }] } } },
  });
});

describe("an app with the queue", () => {
  const queue = data("queueArn");
  const key = data("queueKeyArn");

  it("that sends, sends and no more", async () => {
    const asking = role({ queue: "send" });
    await expect(asking).toAllow("sqs:SendMessage", queue);
    await expect(asking).toAllow("kms:GenerateDataKey", key);
    await expect(asking).toRefuse("sqs:ReceiveMessage", queue, {}, { by: "identity policy" });
    await expect(asking).toRefuse("sqs:SendMessage", `${queue}-dead-letters`, {}, { by: "identity policy" });
    expect(variables({ queue: "send" })).toEqual({ QUEUE_URL: data("queueUrl") });
  });

  it("that receives, receives and deletes what it has worked off", async () => {
    const asking = role({ queue: "receive" });
    for (const action of ["sqs:ReceiveMessage", "sqs:DeleteMessage"]) {
      await expect(asking).toAllow(action, queue);
      await expect(asking).toRefuse(action, `${queue}-dead-letters`, {}, { by: "identity policy" });
    }
    await expect(asking).toAllow("kms:Decrypt", key);
    await expect(asking).toRefuse("kms:Decrypt", `${key}-of-another`, {}, { by: "identity policy" });
    await expect(asking).toRefuse("sqs:SendMessage", queue, {}, { by: "identity policy" });
    await expect(asking).toRefuse("kms:GenerateDataKey", key, {}, { by: "identity policy" });
  });

  it("that does both, does both", async () => {
    const asking = role({ queue: "send-and-receive" });
    for (const action of ["sqs:SendMessage", "sqs:ReceiveMessage"]) await expect(asking).toAllow(action, queue);
  });

  it("keeps its own variables", () => {
    expect(variables({ queue: "send", variables: { THEME: "dark" } })).toMatchObject({ THEME: "dark" });
  });
});
