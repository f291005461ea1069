import { allow } from "@demarc/shared/iam";
import { charts } from "../versions";
import { type AddOn, controllerResources } from "./addon";

const NODE_LOGS = "/var/log";

/**
 * Sends what pods write to their standard output to the cluster's log group in CloudWatch.
 *
 * Its chart lets it read `nodes/proxy`: whoever acts as its service account can run commands in every pod, through the kubelet. The
 * filter has no use for that, as it asks the API server alone. No value of the chart takes it away, and RBAC only adds.
 */
export const awsForFluentBit: AddOn<"managed-nodes" | "auto-mode"> = {
  name: "aws-for-fluent-bit",
  chart: charts.awsForFluentBit,
  image: "public.ecr.aws/aws-observability/aws-for-fluent-bit",
  namespace: "kube-system",
  runsAs: "node-agent",
  runsOn: ["managed-nodes", "auto-mode"],
  notOn: { fargate: "it is a DaemonSet; pods on Fargate log through the ConfigMap aws-observability/aws-logging" },
  permissions: ({ cluster }) => [
    allow("logs:CreateLogStream", "logs:PutLogEvents").on(`${cluster.contract.podLogGroupArn}:*`),
  ],
  values: ({ environment, cluster }, { serviceAccount, image, priorityClassName }) => ({
    image: { repository: image },
    priorityClassName,
    serviceAccount: { create: true, ...serviceAccount },
    cloudWatchLogs: {
      enabled: true,
      region: environment.region,
      // Made, encrypted and expired by infra: Fluent Bit may make none.
      logGroupName: cluster.contract.podLogGroupName,
      autoCreateGroup: false,
      // Where a record's pod is not known yet; else the stream's name tells namespace, pod and container.
      logStreamPrefix: "node-",
      logStreamTemplate: "$kubernetes['namespace_name'].$kubernetes['pod_name'].$kubernetes['container_name']",
    },
    // It runs as root, who owns the nodes' logs; it needs nothing else of root.
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumes: [{ name: "varlog", hostPath: { path: NODE_LOGS } }],
    volumeMounts: [{ name: "varlog", mountPath: NODE_LOGS }],
    // Every node, whatever it is kept free for.
    tolerations: [{ operator: "Exists" }],
    resources: controllerResources("50m", "250Mi"),
  }),
};
