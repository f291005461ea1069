import { EC2Client } from "@aws-sdk/client-ec2";
import { takenCalls } from "../calls/refusals";
import type { Actor, ActorCluster, ActorContext } from "../controllers/actor";
import { EksClusterRole } from "../controllers/eks-cluster-role";
import type { KubernetesClient } from "../controllers/kubernetes/client";
import { kinds, type Node, type Pod } from "../controllers/kubernetes/kinds";
import { isObjectOf, type KubernetesObject } from "../controllers/kubernetes/object";
import { actorCluster } from "../controllers/testing/actor-cluster";
import { openAccount } from "../eks-api/account/account";
import { Instances } from "../eks-api/account/instances";
import type { StoredNodegroup } from "../eks-api/store";
import { ACCOUNT_ID, attachPolicy, type Landscape, makeLandscape, REGION } from "../eks-api/testing/landscape";
import { type JudgedAws, startJudgedAws } from "../judge/testing/judged-aws";
import { autoModeNodes } from "./auto-mode/auto-mode-nodes";
import { nodeGroupNodes } from "./node-group-nodes";
import { pod } from "./testing/objects";
import { userData } from "./testing/user-data";

/** What is done as a cluster's and a node's role, with the local AWS and the judge as the sandbox runs them. */
let aws: JudgedAws;
let landscape: Landscape;

beforeAll(async () => {
  aws = await startJudgedAws();
  landscape = await makeLandscape(aws.url, ["cluster", "nodes", "auto"]);
});

afterAll(async () => {
  await aws.stop();
});

const attach = (role: string, policy: string) => attachPolicy(aws.url, role, policy);

/** An actor, the nodes that it has made for these pods, and what it said. */
function running(actor: Actor, cluster: ActorCluster, pods: readonly Pod[] = []) {
  const nodes: Node[] = [];
  const said: string[] = [];
  const create = (kind: typeof kinds.nodes, written: object) => {
    const object: object = { apiVersion: kind.apiVersion, kind: kind.kind, ...written };
    if (isObjectOf(kind, object)) nodes.push(object);
  };
  const objects: readonly KubernetesObject[] = pods;
  const context: ActorContext = {
    cluster,
    account: openAccount(aws.url, REGION, ACCOUNT_ID),
    kubernetes: { create, apply: () => Promise.resolve() } as unknown as KubernetesClient,
    objects: (kind) => [...nodes, ...objects].filter((object) => isObjectOf(kind, object)),
    say: (line) => said.push(line),
  };
  return { nodes, said, reconcile: () => actor.reconcile(context) };
}

/** @param userData of an image of its owner's, in base64 */
async function nodeGroup({ name: cluster, record }: ActorCluster, userData?: string): Promise<StoredNodegroup> {
  const name = `eks-general-${cluster}`;
  const account = openAccount(aws.url, REGION, ACCOUNT_ID);
  const id = landscape.launchTemplateId;
  const { subnetIds } = landscape;
  const scaling = { minSize: 1, maxSize: 1, desiredSize: 1 };
  const instanceTypes = ["m7i.large"];
  const source = {
    ...{ launchTemplateId: id, launchTemplateVersion: "1", instanceTypes, spot: false, diskGib: 20 },
    ...(userData !== undefined && { userData }),
  };
  await account.autoScaling.create({ name, subnetIds, scaling, source, tags: {} });
  const nodegroup = {
    nodegroupName: "general",
    nodegroupArn: `arn:aws:eks:${REGION}:${ACCOUNT_ID}:nodegroup/${cluster}/general/1`,
    nodeRole: landscape.role("nodes"),
    version: "1.35",
    status: "ACTIVE" as const,
    subnets: [...subnetIds],
    scalingConfig: scaling,
  };
  const stored = { nodegroup, autoScalingGroup: name, source, ownLaunchTemplate: undefined };
  record.nodegroups.add("general", stored);
  return stored;
}

const REFUSED = (role: string, action: string) =>
  new RegExp(
    `User: arn:aws:sts::${ACCOUNT_ID}:assumed-role/${role}/\\S+ is not authorized to perform: ${action} .*because no identity-based policy allows`,
  );

it("a node group's nodes need the policies of the cluster's role and of the node's", async () => {
  const cluster = actorCluster(aws.url, landscape, { name: "one", role: "cluster" });
  const { nodegroup } = await nodeGroup(cluster);
  const { nodes, said, reconcile } = running(nodeGroupNodes(cluster), cluster);
  const issues = () => cluster.record.cluster.health?.issues ?? [];

  const message = REFUSED("cluster", "ec2:DescribeInstances");
  await expect(reconcile()).rejects.toMatchObject({
    name: "UnauthorizedOperation",
    message: expect.stringMatching(message),
  });
  await expect(reconcile()).rejects.toThrow(message);
  const resourceIds = [landscape.role("cluster")];
  expect(issues()).toEqual([{ code: "AccessDenied", message: expect.stringMatching(message), resourceIds }]);

  await attach("cluster", "AmazonEKSClusterPolicy");
  await reconcile();
  await reconcile();
  expect(issues()).toEqual([]);
  expect(nodes).toEqual([]);
  expect(said).toEqual([expect.stringMatching(/^i-\S+ does not join: its role arn:\S+ may not/)]);
  expect(nodegroup.status).toBe("DEGRADED");
  expect(nodegroup.health?.issues).toEqual([
    {
      code: "NodeCreationFailure",
      message: "Instances failed to join the kubernetes cluster",
      resourceIds: [expect.stringMatching(/^i-/)],
    },
  ]);

  await attach("nodes", "AmazonEKSWorkerNodePolicy");
  await reconcile();
  expect(nodes).toHaveLength(1);
  expect(nodegroup.status).toBe("ACTIVE");
  expect(nodegroup.health?.issues).toEqual([]);

  const { roles, refusals } = await takenCalls(aws);
  expect(roles.map(({ role }) => role)).toEqual([landscape.role("cluster"), landscape.role("nodes")]);
  expect(refusals.map(({ role, action }) => [role, action])).toEqual([
    [landscape.role("cluster"), "ec2:DescribeInstances"],
    [landscape.role("nodes"), "ec2:DescribeInstances"],
  ]);
});

it("a node of its owner's image joins the cluster that its user data names whole, and no other", async () => {
  const own = {
    name: "three",
    apiServerEndpoint: "https://three.example",
    certificateAuthority: "LS0t",
    cidr: "172.20.0.0/16",
  };
  await attach("cluster", "AmazonEKSClusterPolicy");
  await attach("nodes", "AmazonEKSWorkerNodePolicy");
  const cluster = actorCluster(aws.url, landscape, {
    ...{ name: own.name, role: "cluster", endpoint: own.apiServerEndpoint },
    certificateAuthority: { data: own.certificateAuthority },
    kubernetesNetworkConfig: { serviceIpv4Cidr: own.cidr },
  });
  const { nodegroup, source } = await nodeGroup(cluster, userData({ ...own, cidr: "10.100.0.0/16" }));
  const { nodes, said, reconcile } = running(nodeGroupNodes(cluster), cluster);

  await reconcile();
  expect(nodes).toEqual([]);
  expect(nodegroup).toMatchObject({ status: "DEGRADED", health: { issues: [{ code: "NodeCreationFailure" }] } });
  expect(said).toEqual([expect.stringMatching(/^i-\S+ does not join: its user data does not tell nodeadm/)]);

  Object.assign(source, { userData: userData(own) });
  await reconcile();
  expect(nodes).toHaveLength(1);
  expect(nodegroup).toMatchObject({ status: "ACTIVE", health: { issues: [] } });
});

it("Auto Mode starts instances as the cluster's role, for its own cluster only", async () => {
  const waiting = pod(
    { cpu: "500m" },
    { status: { conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable" }] } },
  );
  const computeConfig = { enabled: true, nodePools: ["general-purpose"] };
  const cluster = actorCluster(aws.url, landscape, { name: "two", role: "auto", computeConfig });
  const actor = autoModeNodes(cluster);
  const { nodes, reconcile } = running(actor, cluster, [waiting]);

  const message = REFUSED("auto", "ec2:RunInstances");
  await expect(reconcile()).rejects.toThrow(message);
  expect(cluster.record.cluster.health?.issues).toMatchObject([
    { code: "AccessDenied", message: expect.stringMatching(message) },
  ]);

  await attach("auto", "AmazonEKSComputePolicy");
  await reconcile();
  expect(nodes).toHaveLength(1);
  expect(cluster.record.cluster.health?.issues).toEqual([]);
  await actor.stop?.();

  const { subnetIds, securityGroupId } = landscape;
  const tags = {
    "eks:eks-cluster-name": "one",
    "eks:kubernetes-node-class-name": "default",
    "eks:kubernetes-node-pool-name": "general-purpose",
  };
  const own = new Instances(new EC2Client(new EksClusterRole(cluster).client));
  const foreign = own.launch({ type: "m7i.large", subnetId: subnetIds[0] ?? "", securityGroupId, tags });
  await expect(foreign).rejects.toThrow(message);
  const { roles } = await takenCalls(aws);
  const calls = roles.flatMap((taken) => taken.calls);
  expect(calls.filter(({ action }) => action === "ec2:RunInstances").map(({ outcome }) => outcome)).not.toContain(
    "unjudged",
  );
});
