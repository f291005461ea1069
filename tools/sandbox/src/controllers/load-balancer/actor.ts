import type { Actor, ActorCluster } from "../actor";
import { installed } from "../addon";
import { EksClusterRole } from "../eks-cluster-role";
import { autoModeClients } from "./auto-mode";
import { type Aws, AwsClients } from "./aws";
import { defineBuiltInKinds } from "./built-in-kinds";
import { type Controller, Memory } from "./controller";
import { BUILT_IN, INSTALLED } from "./kinds";
import { reconcileLoadBalancers, watchedKinds } from "./reconcile";

/**
 * What the AWS Load Balancer Controller does. The real one cannot be run: its module is not meant to be built from outside, and it
 * checks its credentials and its VPC with services that a local AWS does not have.
 */
export function loadBalancerController(cluster: ActorCluster): Actor {
  const clients = new AwsClients(cluster.awsEndpoint, cluster.region);
  const memory = new Memory();
  return installed(
    {
      addon: INSTALLED.source,
      watches: watchedKinds(INSTALLED),
      reconcile: async ({ argument, credentials, kubernetes, objects, say }) => {
        const vpcId = argument("aws-vpc-id") ?? vpcOf(cluster);
        const controller: Controller = {
          ...{ kubernetes, objects, say, memory },
          flavor: { ...INSTALLED, loadBalancerClass: argument("load-balancer-class") ?? INSTALLED.loadBalancerClass },
          cluster: argument("cluster-name") ?? "",
          clusterSecurityGroupId: securityGroupOf(cluster),
          guards: argument("enable-wafv2") !== "false",
          planning: {
            defaultTags: tagsIn(argument("default-tags") ?? ""),
            defaultTargetType: argument("default-target-type") ?? "instance",
            defaultScheme: schemeIn(argument("default-load-balancer-scheme")),
          },
          aws: async () => clients.with(await credentials(), vpcId),
        };
        await reconcileLoadBalancers(controller);
      },
    },
    cluster,
  );
}

/** What EKS Auto Mode has built in, as the cluster's role and EKS's service-linked one: nothing of it is in the cluster. */
export function autoModeLoadBalancers(cluster: ActorCluster): Actor {
  const clients = autoModeClients(new EksClusterRole(cluster));
  const memory = new Memory();
  const aws = (): Promise<Aws> => Promise.resolve({ ...clients, vpcId: vpcOf(cluster) });
  let defined = false;
  return {
    name: BUILT_IN.source,
    watches: watchedKinds(BUILT_IN),
    reconcile: async ({ kubernetes, objects, say }) => {
      if (cluster.record.cluster.kubernetesNetworkConfig?.elasticLoadBalancing?.enabled !== true) return;
      if (!defined) await defineBuiltInKinds(kubernetes);
      defined = true;
      await reconcileLoadBalancers({
        ...{ kubernetes, objects, say, memory, aws },
        flavor: BUILT_IN,
        cluster: cluster.name,
        clusterSecurityGroupId: securityGroupOf(cluster),
        guards: true,
        planning: { defaultTags: {}, defaultTargetType: "ip", defaultScheme: "internal" },
      });
    },
  };
}

function vpcOf({ record }: ActorCluster): string {
  return record.cluster.resourcesVpcConfig.vpcId;
}

function securityGroupOf({ record }: ActorCluster): string {
  return record.cluster.resourcesVpcConfig.clusterSecurityGroupId ?? "";
}

/** `key=value` pairs between commas. */
function tagsIn(text: string): Record<string, string> {
  const pairs = text.split(",").filter((pair) => pair.includes("="));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}

function schemeIn(text: string | undefined): "internal" | "internet-facing" {
  return text === "internet-facing" ? text : "internal";
}
