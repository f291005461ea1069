import { defineContract, output } from "../contract";

/** What an app finds in the cluster: deployed after the controllers, so that its objects are acted on. */
export const platformContract = defineContract({
  name: "platform",
  version: 1,
  workspace: "k8s-platform",
  stack: "tenancy",
  scope: "cluster",
  outputs: {
    namespaces: output.map("Namespace of each team, by the team's name"),
    ingressClass: output.string("Ingress class that an app's Ingress names"),
  },
});
