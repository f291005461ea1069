import { defineContract, output, withData } from "../contract";

/** What an app finds in the cluster: deployed after the controllers, so that its objects are acted on. */
export const platformContract = defineContract({
  name: "platform",
  version: 2,
  workspace: "k8s-platform",
  stack: "tenancy",
  scope: "cluster",
  outputs: {
    namespaces: output.map("Namespace of each team, by the team's name"),
    ingressClasses: output.map(
      "Ingress class of each team's load balancer, by the team's name: the one that its Ingresses name",
    ),
    loadBalancerCidrs: output.strings(
      "IPv4 ranges that load balancers reach pods from: the only ranges that a team's NetworkPolicy may let in",
    ),
    podLogGroupName: output.string("CloudWatch log group that pod logs go to"),
    databaseCaConfigMap: output.optional(
      withData,
      output.string(
        "ConfigMap in the namespace of each team with database users; its key ca.pem holds the authorities to verify the database's certificate by",
      ),
    ),
  },
});
