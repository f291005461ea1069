import { X509Certificate } from "node:crypto";
import { roleIn, type SynthesizedStack } from "@demarc/shared/testing";
import type { RegisteredApp } from "@demarc/shared/apps";
import type { Environment } from "@demarc/shared/environment";
import type { K8sPlatformSettingsInput } from "../settings/schema";
import { settingsOf } from "../settings/resolve";
import { APPS, dev, devOn, objectNamed, tenancyStack } from "../testing/platform";
import { certificateAuthorities } from "./certificate-authorities";

const data = (output: string) => `\${data.terraform_remote_state.infra-data-v1.outputs.data_v1.${output}}`;

let stack: SynthesizedStack;
beforeAll(() => {
  stack = tenancyStack();
});

/** An app for each user, which has its name. */
function using(users: Record<string, string[]>): RegisteredApp[] {
  return Object.entries(users).flatMap(([team, names]) =>
    names.map((name) => ({ name, team, hostnames: [], databaseUser: name })),
  );
}

/** The files of the Job, and its name. */
function job(environment: Environment = dev, input: K8sPlatformSettingsInput = {}, apps: RegisteredApp[] = [...APPS]) {
  const of = tenancyStack(environment, input, apps);
  const { metadata, spec } = of.resource("kubernetes_job_v1") as {
    metadata: { name: string };
    spec: { template: { spec: Record<string, unknown> } };
  };
  const files = of
    .resources("kubernetes_config_map_v1")
    .map((it) => it["data"] as Record<string, string>)
    .find((it) => "users.sql" in it);
  return { name: metadata.name, pod: spec.template.spec, sql: files?.["users.sql"] ?? "", files };
}

describe("the Job that makes the database's users", () => {
  it("makes those that are registered", () => {
    const both = using({ shop: ["storefront"], pets: ["petstore"] });
    expect(job(dev, {}, both).sql).toContain("ARRAY['petstore', 'storefront']::text[]");
  });

  it("is another one when users, image, authorities or database are others, and else the same", () => {
    const { name } = job();
    expect(job().name).toBe(name);
    expect(name).toContain(data("databaseResourceId").slice(2, -1));
    expect(job(dev, {}, using({ shop: ["storefront"], pets: ["petstore"] })).name).not.toBe(name);
    expect(job(dev, { databaseUsers: { postgresImage: "postgres:17.7" } }).name).not.toBe(name);
    // The order in which apps stand in the registry is nobody's business.
    const [one, two] = [{ shop: ["b", "a"] }, { shop: ["a", "b"] }].map((users) => job(dev, {}, using(users)).name);
    expect(one).toBe(two);
  });

  it("may read the master's secret, as it is now, and decrypt nothing else", async () => {
    const role = roleIn(stack, "dev-a-database-users");
    const [secret, key] = [data("databaseMasterSecretArn"), data("databaseMasterSecretKeyArn")];
    const stage = (name: string) => ({ "secretsmanager:VersionStage": name });
    await expect(role).toAllow("secretsmanager:GetSecretValue", secret, stage("AWSCURRENT"));
    await expect(role).toRefuse("secretsmanager:GetSecretValue", secret, stage("AWSPREVIOUS"));
    await expect(role).toRefuse("secretsmanager:GetSecretValue", `${secret}-2`, stage("AWSCURRENT"));
    await expect(role).toRefuse("secretsmanager:PutSecretValue", secret);
    await expect(role).toRefuse("kms:Decrypt", `${key}-2`, {}, { by: "identity policy" });
    // The judge knows no encryption context (docs/decisions/0010-the-judge.md), so that an "allowed" cannot be had of it.
    expect(stack.statements.filter(({ Action }) => JSON.stringify(Action).includes("kms:"))).toEqual([
      expect.objectContaining({
        Action: ["kms:Decrypt"],
        Resource: [key],
        Condition: {
          StringEquals: {
            "kms:ViaService": "secretsmanager.ap-northeast-1.amazonaws.com",
            "kms:EncryptionContext:SecretARN": secret,
          },
        },
      }),
    ]);
  });

  it("is the only one that has that role", () => {
    expect(stack.resource("aws_eks_pod_identity_association")).toMatchObject({
      namespace: "database-users",
      service_account: "database-users",
    });
  });

  it("has its role by the service account's token on Fargate", () => {
    expect(objectNamed(tenancyStack(devOn("fargate")), "service_account", "database-users")).toMatchObject({
      metadata: { annotations: { "eks.amazonaws.com/role-arn": expect.stringMatching(/^\$\{aws_iam_role\./) } },
    });
  });

  it("keeps the password in memory, and speaks TLS to the database that its certificate names", () => {
    expect(job().pod).toMatchObject({
      init_container: [
        { image: "public.ecr.aws/aws-cli/aws-cli:2.36.44", command: ["/bin/bash", "/etc/demarc/fetch-secret.sh"] },
      ],
      container: [
        {
          image: "public.ecr.aws/docker/library/postgres:17.6",
          env: expect.arrayContaining([
            { name: "PGSSLMODE", value: "verify-full" },
            { name: "PGSSLROOTCERT", value: "/etc/demarc/ca.pem" },
            { name: "PGHOST", value: data("databaseHost") },
            { name: "PGPORT", value: data("databasePort") },
          ]),
        },
      ],
      volume: expect.arrayContaining([{ name: "credentials", empty_dir: { medium: "Memory", size_limit: "1Mi" } }]),
    });
  });

  it("is as restricted as any app", () => {
    const { pod } = job();
    expect(pod["security_context"]).toMatchObject({
      run_as_non_root: true,
      seccomp_profile: { type: "RuntimeDefault" },
    });
    for (const containers of [pod["container"], pod["init_container"]]) {
      expect(containers).toMatchObject([
        {
          security_context: {
            allow_privilege_escalation: false,
            read_only_root_filesystem: true,
            capabilities: { drop: ["ALL"] },
          },
        },
      ]);
    }
    expect(objectNamed(stack, "namespace", "database-users")).toMatchObject({
      metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    });
    expect(objectNamed(stack, "network_policy", "ways-out")).toMatchObject({
      spec: {
        egress: [
          { to: [{ ip_block: { cidr: expect.stringContaining("vpcCidr") } }], ports: [{ port: data("databasePort") }] },
          { ports: [{ port: "443" }] },
          { to: [{ ip_block: { cidr: "169.254.170.23/32" } }], ports: [{ port: "80" }] },
        ],
      },
    });
  });

  it("fails the deploy when it fails, and stays when it is done, so that the next plan finds it", () => {
    const resource = stack.resource("kubernetes_job_v1");
    expect(resource).toMatchObject({ wait_for_completion: true, spec: { backoff_limit: 4 } });
    expect(resource["spec"]).not.toHaveProperty("ttl_seconds_after_finished");
  });

  it("runs its scripts as they are: Terraform fills nothing in", () => {
    expect(job().files?.["fetch-secret.sh"]).toContain('"$${BASH_REMATCH[1]//');
  });

  it("takes its images from the mirror", () => {
    const images = { "public.ecr.aws": "registry.example.com/public" };
    expect(job(dev, { mirror: { images } }).pod).toMatchObject({
      init_container: [{ image: "registry.example.com/public/aws-cli/aws-cli:2.36.44" }],
      container: [{ image: "registry.example.com/public/docker/library/postgres:17.6" }],
    });
  });
});

describe("where users are", () => {
  it("none registered, the Job still runs, so that the last one is taken away", () => {
    expect(job(dev, {}, []).sql).toContain("ARRAY[]::text[]");
  });

  it("a team with users, it gets the authorities to verify the database by; others do not", () => {
    const shared = stack
      .resources("kubernetes_config_map_v1")
      .filter(({ metadata }) => (metadata as { name: string }).name === "database-ca");
    expect(shared).toEqual([
      {
        metadata: {
          name: "database-ca",
          namespace: expect.stringContaining("kubernetes_namespace_v1.team-shop_"),
          labels: { "demarc/owner": "k8s-platform" },
        },
        data: { "ca.pem": certificateAuthorities("ap-northeast-1") },
      },
    ]);
  });
});

describe("the authorities of RDS", () => {
  it("are those of the region, whose certificates sign themselves and are still good for years", () => {
    const certificates = certificateAuthorities("ap-northeast-1")
      .split(/(?<=-----END CERTIFICATE-----\n)/)
      .map((pem) => new X509Certificate(pem));
    expect(certificates).toHaveLength(3);
    for (const certificate of certificates) {
      expect(certificate.subject).toContain("Amazon RDS ap-northeast-1 Root CA");
      expect(certificate.verify(certificate.publicKey)).toBe(true);
      expect(new Date(certificate.validTo).getUTCFullYear()).toBeGreaterThan(2060);
    }
  });

  it("can be given where they are not known, which is said", () => {
    const elsewhere = { ...dev, region: "xx-nowhere-1" };
    expect(() => settingsOf({ dev: {} }, elsewhere)).toThrow(
      "databaseUsers.certificateAuthorities: the authorities of RDS in xx-nowhere-1 are not known here; give their certificates",
    );
    const certificateAuthorities = "-----BEGIN CERTIFICATE-----\nown\n-----END CERTIFICATE-----\n";
    expect(job(elsewhere, { databaseUsers: { certificateAuthorities } }).files?.["ca.pem"]).toBe(
      certificateAuthorities,
    );
  });
});

describe("settings", () => {
  it("cannot name images that are none", () => {
    expect(() => settingsOf({ dev: { databaseUsers: { postgresImage: "postgres" } } }, dev)).toThrow(
      'databaseUsers.postgresImage: "postgres" must be an image with a tag or a digest',
    );
  });
});
