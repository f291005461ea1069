import { CreateAddonCommand, DeleteAddonCommand } from "@aws-sdk/client-eks";
import { kinds } from "../kubernetes/kinds";
import { type RunningCluster, runCluster, until } from "../testing/running-cluster";
import { eksAddOns } from "./eks-add-ons";
import { ADD_ONS } from "./workloads";

let cluster: RunningCluster;

beforeAll(async () => {
  cluster = await runCluster([eksAddOns], []);
});

afterAll(() => cluster.stop());

/** Names of the pods in kube-system that are ready, without what makes each unique. */
async function readyPods(): Promise<string[]> {
  const { items } = await cluster.kubernetes.list(kinds.pods, { namespace: "kube-system" });
  return items
    .filter(({ status }) => status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True"))
    .map(({ metadata }) => metadata.labels?.["k8s-app"] ?? "")
    .toSorted();
}

it("has the pods of EKS's add-ons on its nodes, and once they are deleted only those that were to stay", async () => {
  for (const addonName of Object.keys(ADD_ONS)) {
    await cluster.eks.send(new CreateAddonCommand({ clusterName: cluster.name, addonName }));
  }
  await until("all pods are ready", async () => (await readyPods()).length === 8);
  expect(await readyPods()).toEqual([
    ...["aws-node", "ebs-csi-controller", "ebs-csi-controller", "ebs-csi-node"],
    ...["eks-pod-identity-agent", "kube-dns", "kube-dns", "kube-proxy"],
  ]);
  const dns = await cluster.kubernetes.get(kinds.services, { namespace: "kube-system", name: "kube-dns" });
  expect(dns?.spec.clusterIP).toMatch(/^172\.20\.0\.10$/);

  const { name: clusterName } = cluster;
  for (const addonName of Object.keys(ADD_ONS)) {
    const preserve = addonName === "vpc-cni";
    await cluster.eks.send(new DeleteAddonCommand({ clusterName, addonName, preserve }));
  }
  await until("no pod is left but of what was to stay", async () => (await readyPods()).join() === "aws-node");
  expect(await cluster.kubernetes.get(kinds.services, { namespace: "kube-system", name: "kube-dns" })).toBeUndefined();
});
