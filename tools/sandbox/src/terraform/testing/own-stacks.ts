import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { objectsChartPath } from "@demarc/shared/kubernetes";
import { z } from "zod";
import { contractsAsLocals } from "./contracts-as-locals";

const PACKAGES = path.resolve(__dirname, "../../../../../packages");
/** The chart of which a stack has a copy. */
const OBJECTS_CHART = path.join(PACKAGES, "shared/charts/objects");

/** What infra and k8s-platform would have promised, as far as the stacks of dev read it. */
const contracts = {
  network_v2: { vpcCidr: "10.0.0.0/16", publicSubnetCidrs: ["10.0.0.0/20"], internalSubnetCidrs: ["10.0.16.0/20"] },
  dns_v1: { baseDomain: "dev.example.com" },
  data_v1: {
    databaseHost: "database.dev.example.com",
    databaseMasterSecretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:master",
    databaseName: "app",
    databasePort: 5432,
    databaseResourceId: "db-1",
    queueUrl: "https://sqs.ap-northeast-1.amazonaws.com/123456789012/jobs",
  },
  platform_v2: {
    databaseCaConfigMap: "database-ca",
    ingressClasses: { infra: "alb-infra", pets: "alb-pets", platform: "alb-platform", shop: "alb-shop" },
    loadBalancerCidrs: Array.from({ length: 6 }, (_, index) => `10.0.${String(index)}.0/24`),
    namespaces: { infra: "infra", pets: "pets", platform: "platform", shop: "shop" },
  },
};

const synthesizedStack = z.object({ resource: z.record(z.string(), z.looseObject({})) });

/**
 * The part of a synthesized stack of dev that needs nothing but a cluster: typed objects and releases. The platform's release is of kinds
 * that a controller's chart would bring.
 */
export async function kubernetesPartOf(project: string, stack: string): Promise<object> {
  const out = mkdtempSync(path.join(tmpdir(), "own-stacks-"));
  const kept = project === "k8s-platform" ? /^kubernetes_/ : /^(kubernetes_|helm_release\b)/;
  try {
    const env = { ...process.env, DEMARC_ENVIRONMENT: "dev", CDKTF_OUTDIR: out };
    const main = path.join(PACKAGES, project);
    await promisify(execFile)(process.execPath, ["--import", "tsx", "src/main.ts"], { cwd: main, env });
    return withoutAws(readFileSync(path.join(out, "stacks", stack, "cdk.tf.json"), "utf8"), kept);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Other states become locals, and what AWS would have answered a text of the same form. @param kept addresses and types */
function withoutAws(synthesized: string, kept: RegExp): object {
  const text = contractsAsLocals(synthesized)
    .replaceAll(objectsChartPath(), OBJECTS_CHART)
    .replaceAll(/\$\{aws_iam_role\.[\w-]+\.arn\}/g, "arn:aws:iam::123456789012:role/app");
  const { resource } = synthesizedStack.parse(JSON.parse(text, dependencies));
  return {
    locals: contracts,
    resource: Object.fromEntries(Object.entries(resource).filter(([type]) => kept.test(type))),
  };

  function dependencies(key: string, value: unknown): unknown {
    if (key !== "depends_on" || !Array.isArray(value)) return value;
    return value.filter((address) => kept.test(String(address)));
  }
}
