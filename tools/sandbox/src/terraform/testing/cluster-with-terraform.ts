import { KubernetesClient } from "../../controllers/kubernetes/client";
import { kinds } from "../../controllers/kubernetes/kinds";
import { kwokNode } from "../../kubernetes/testing/objects";
import { runControlPlane } from "../../kubernetes/testing/running-control-plane";
import { type StandInTerraform, standInTerraform } from "./stand-in-terraform";

/** A real control plane with one node, and Terraform with the stand-in providers for it. */
export interface ClusterWithTerraform {
  readonly kubernetes: KubernetesClient;
  readonly terraform: StandInTerraform;
  /** Another folder of Terraform's, with a state of its own, for the same cluster. */
  another(): Promise<StandInTerraform>;
  /** Ends and removes all of it. */
  stop(): Promise<void>;
}

export async function clusterWithTerraform(): Promise<ClusterWithTerraform> {
  const cluster = await runControlPlane();
  const kubernetes = new KubernetesClient(cluster.connection, "test");
  await kubernetes.create(kinds.nodes, kwokNode("node"));
  const terraform = await standInTerraform(cluster.connection);
  const folders = [terraform];
  return {
    kubernetes,
    terraform,
    another: async () => {
      const folder = await standInTerraform(cluster.connection);
      folders.push(folder);
      return folder;
    },
    stop: async () => {
      for (const folder of folders) folder.remove();
      kubernetes.close();
      await cluster.stop();
    },
  };
}
