import { arn } from "@demarc/shared/environment";
import { allow } from "@demarc/shared/iam";
import { charts } from "../versions";
import { type AddOn, controllerResources } from "./addon";

/** Adds nodes for pods that find no place, and takes away those that are not needed. */
export const clusterAutoscaler: AddOn<"managed-nodes"> = {
  name: "cluster-autoscaler",
  chart: charts.clusterAutoscaler,
  image: "registry.k8s.io/autoscaling/cluster-autoscaler",
  namespace: "kube-system",
  runsAs: "controller",
  runsOn: ["managed-nodes"],
  notOn: {
    fargate: "each pod on Fargate gets a machine of its own: there are no nodes to add",
    "auto-mode": "EKS Auto Mode has it built in",
  },
  permissions: ({ environment, cluster }) => {
    return [
      allow("autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup")
        .on(arn(environment, "autoscaling", "autoScalingGroup:*:autoScalingGroupName/*"))
        .when({ StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster.name}`]: "owned" } }),
      // Labels and taints of a managed node group that has no node to show them (scale from zero).
      allow("eks:DescribeNodegroup").on(arn(environment, "eks", `nodegroup/${cluster.name}/*/*`)),
      // AWS narrows none of these to a group.
      allow(
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ).on("*"),
    ];
  },
  values: ({ environment, cluster }, { serviceAccount, image, priorityClassName }) => ({
    image: { repository: image },
    priorityClassName,
    rbac: { serviceAccount: { create: true, ...serviceAccount } },
    cloudProvider: "aws",
    awsRegion: environment.region,
    // Groups are found by the tags that infra gives them (S2.6).
    autoDiscovery: { clusterName: cluster.name },
    // Nobody calls it. Without a Service it waits for no webhook: it has to be there when the others need a node.
    service: { create: false },
    // One acts, the other takes over when its node goes.
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65534,
      runAsGroup: 65534,
      fsGroup: 65534,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    resources: controllerResources("100m", "512Mi"),
    customArgs: [
      // Groups that infra makes for each zone (`zones` of a node group) grow alike, so that pods can spread.
      "--balance-similar-node-groups=true",
      "--expander=least-waste",
      // A pod's emptyDir is no reason to keep a node; a pod that must stay has a disruption budget.
      "--skip-nodes-with-local-storage=false",
      "--skip-nodes-with-system-pods=false",
    ],
  }),
};
