import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { ComputeKind } from "@demarc/shared/environment";
import { InvalidInput } from "@demarc/shared/environment";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterReference } from "../cluster";
import { ClosedNamespace } from "../tenancy/namespace";
import { platformMetadata } from "../tenancy/platform-metadata";
import { loggingProblems } from "./fluent-bit";

/** Where EKS looks for what pods on Fargate log to. Whoever may write there has the logs of all. */
export const OBSERVABILITY_NAMESPACE = "aws-observability";

/** Name of the ConfigMap that EKS reads there. */
const LOGGING = "aws-logging";

/** The most characters of a log group's name (CloudWatch Logs API, CreateLogGroup). */
const LONGEST_GROUP_NAME = 512;

/** Kinds of compute whose machines send pods' logs by themselves. A DaemonSet does on the others. */
const SENDS_BY_ITSELF: Readonly<Record<ComputeKind, boolean>> = {
  "managed-nodes": false,
  fargate: true,
  "auto-mode": false,
};

/**
 * Has EKS send what pods on Fargate write to the cluster's log group, by the role that starts them. EKS reads it when a pod starts: it
 * comes before whatever is to have its logs kept. CoreDNS, which infra installs, is older: its pods log from their next start on.
 * @returns what workloads come after
 */
export function fargateLogs(scope: Construct, cluster: ClusterReference, region: string): ITerraformDependable[] {
  if (!SENDS_BY_ITSELF[cluster.compute]) return [];
  return [new FargateLogs(scope, "pod-logs", { cluster, region }).configMap];
}

interface FargateLogsProps {
  readonly cluster: ClusterReference;
  readonly region: string;
}

class FargateLogs extends Construct {
  readonly configMap: ConfigMapV1;

  constructor(scope: Construct, id: string, { cluster, region }: FargateLogsProps) {
    super(scope, id);
    const group = cluster.contract.podLogGroupName;
    // Terraform alone knows the name: what is held to the rules has the longest one in its place.
    const problems = loggingProblems(logging(region, "x".repeat(LONGEST_GROUP_NAME)));
    if (problems.length > 0) {
      const subject = `ConfigMap ${OBSERVABILITY_NAMESPACE}/${LOGGING}`;
      throw new InvalidInput([{ subject, problems: problems.map((message) => ({ path: "", message })) }]);
    }
    const { namespace } = new ClosedNamespace(this, "namespace", {
      name: OBSERVABILITY_NAMESPACE,
      cluster,
      withoutPods: true,
      labels: { "aws-observability": "enabled" },
    });
    this.configMap = new ConfigMapV1(this, "config-map", {
      metadata: platformMetadata(LOGGING, namespace),
      data: logging(region, group),
    });
  }
}

/** Files of the ConfigMap. @param group name of the log group, which infra makes, encrypts and expires: Fluent Bit may make none */
export function logging(region: string, group: string): Record<string, string> {
  return {
    flb_log_cw: "false",
    "filters.conf": [
      // What containerd writes before each line: the app's own line is `log`.
      section("FILTER", { Name: "parser", Match: "*", Key_name: "log", Parser: "crio" }),
      section("FILTER", {
        Name: "kubernetes",
        Match: "kube.*",
        Merge_Log: "On",
        Keep_Log: "Off",
        Buffer_Size: "0",
        Kube_Meta_Cache_TTL: "300s",
      }),
    ].join(""),
    "output.conf": section("OUTPUT", {
      Name: "cloudwatch_logs",
      Match: "kube.*",
      region,
      log_group_name: group,
      // Pod, namespace and container follow.
      log_stream_prefix: "fargate-",
      auto_create_group: "false",
    }),
    "parsers.conf": section("PARSER", {
      Name: "crio",
      Format: "Regex",
      Regex: "^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>P|F) (?<log>.*)$",
      Time_Key: "time",
      Time_Format: "%Y-%m-%dT%H:%M:%S.%L%z",
    }),
  };
}

function section(name: string, settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(([key, value]) => `    ${key} ${value}\n`);
  return `[${name}]\n${lines.join("")}`;
}
