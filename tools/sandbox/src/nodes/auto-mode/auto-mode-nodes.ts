import { EC2Client } from "@aws-sdk/client-ec2";
import type { Actor, ActorCluster, ActorContext } from "../../controllers/actor";
import { EksClusterRole } from "../../controllers/eks-cluster-role";
import { kinds, type Node, type Pod } from "../../controllers/kubernetes/kinds";
import type { Account } from "../../eks-api/account/account";
import { type Instance, Instances } from "../../eks-api/account/instances";
import type { Subnet } from "../../eks-api/account/network";
import { kubeletOf, releaseOf } from "../../eks-api/nodegroup/check";
import { allocatableOf, capacityOf, mostPods } from "../capacity";
import { fits } from "../fit";
import { instanceOf, isDaemonPod, isDone, isUnschedulable, nodeObject, takesPods } from "../node";
import { pack, placeOf } from "../places";
import { blocksOf, PodAddresses } from "../pod-addresses";
import { podsOf, removeNode } from "../removal";
import {
  bestOffer,
  COMPUTE_TYPE,
  INSTANCE_TYPES,
  labelsOf,
  NODE_CLASS_GIB,
  type Offer,
  offersOf,
  poolsOf,
} from "./pools";

/** Milliseconds after which an empty node goes: `consolidateAfter` of the built-in pools. */
const CONSOLIDATE_AFTER = 30_000;

/** Nodes of EKS Auto Mode: they appear for pods that find no room, and go when they are empty. Node pools of one's own are not served. */
export function autoModeNodes(cluster: ActorCluster): Actor {
  return new AutoModeNodes(cluster);
}

class AutoModeNodes implements Actor {
  readonly name = "auto-mode";
  readonly watches = [kinds.nodes, kinds.pods];
  readonly resyncSeconds = 5;

  readonly #emptySince = new Map<string, number>();
  /** All that were started. */
  readonly #instances = new Set<string>();
  #account: Account | undefined;

  readonly #region: string;
  readonly #role: EksClusterRole;
  /** As the cluster's role, which starts instances. To look at them and to end them is for EKS's service-linked role. */
  readonly #started: Instances;

  constructor(cluster: ActorCluster) {
    this.#region = cluster.region;
    this.#role = new EksClusterRole(cluster);
    this.#started = new Instances(new EC2Client(this.#role.client));
  }

  async reconcile(context: ActorContext): Promise<void> {
    const { cluster, account } = context;
    this.#account = account;
    const { enabled, nodePools = [] } = cluster.record.cluster.computeConfig ?? {};
    await this.#removeGone(context);
    if (enabled !== true) return;
    await this.#consolidate(context);
    // The next look is at once when the new node is seen: what finds no room there gets another one.
    const nodes = context.objects(kinds.nodes);
    if (nodes.filter(isAutoMode).some(isJoining) || this.#instances.size > nodes.filter(isAutoMode).length) return;
    const pods = context.objects(kinds.pods);
    const places = nodes.filter(takesPods).map((node) => placeOf(node, pods));
    const { left } = pack(pods.filter(isUnschedulable), places, fits);
    if (left.length > 0) await this.#provide(context, left, nodePools);
  }

  /** With its cluster go the instances that EKS started in it. */
  async stop(): Promise<void> {
    await this.#account?.instances.terminate([...this.#instances]);
  }

  async #removeGone(context: ActorContext): Promise<void> {
    const running = await context.account.instances.running([...this.#instances]);
    const ids = new Set(running.map(({ id }) => id));
    for (const id of this.#instances) if (!ids.has(id)) this.#instances.delete(id);
    for (const node of context.objects(kinds.nodes).filter(isAutoMode)) {
      if (!ids.has(instanceOf(node) ?? "")) await removeNode(context, node);
    }
  }

  async #consolidate(context: ActorContext): Promise<void> {
    for (const node of context.objects(kinds.nodes).filter(isAutoMode)) {
      const { name } = node.metadata;
      const isEmpty = podsOf(context, node).every((pod) => isDaemonPod(pod) || isDone(pod));
      const since = this.#emptySince.get(name) ?? Date.now();
      if (isEmpty) this.#emptySince.set(name, since);
      else this.#emptySince.delete(name);
      if (!isEmpty || Date.now() - since < CONSOLIDATE_AFTER) continue;
      context.say(`node ${name} is empty`);
      await context.account.instances.terminate([instanceOf(node) ?? ""]);
      this.#emptySince.delete(name);
    }
  }

  async #provide(context: ActorContext, pods: readonly Pod[], nodePools: readonly string[]): Promise<void> {
    const { account } = context;
    const types = await Promise.all(INSTANCE_TYPES.map((name) => account.instances.type(name)));
    const subnets = await this.#subnets(context);
    for (const pool of poolsOf(nodePools)) {
      const offer = bestOffer(pods, offersOf(pool, subnets, types, this.#region));
      if (offer) {
        await this.#start(context, offer);
        return;
      }
    }
  }

  async #start(context: ActorContext, offer: Offer): Promise<void> {
    const { account, cluster, kubernetes } = context;
    const { pool, type, subnet } = offer;
    const launch = {
      type: type.name,
      subnetId: subnet.id,
      securityGroupId: cluster.record.cluster.resourcesVpcConfig.clusterSecurityGroupId ?? "",
      tags: {
        "eks:eks-cluster-name": cluster.name,
        "eks:kubernetes-node-class-name": "default",
        "eks:kubernetes-node-pool-name": pool.name,
      },
    };
    const instance = await this.#role.act(() => this.#started.launch(launch));
    this.#instances.add(instance.id);
    try {
      await kubernetes.create(kinds.nodes, this.#node(context, offer, instance));
    } catch (fault) {
      await account.instances.terminate([instance.id]);
      throw fault;
    }
    context.say(`node ${instance.id} (${type.name}, ${subnet.zone}) joins ${pool.name}`);
  }

  #node(context: ActorContext, { pool, type, subnet }: Offer, { id, privateIp, zone }: Instance) {
    const { version } = context.cluster.record.cluster;
    const inUse = blocksOf(context.cluster.name, context.objects(kinds.nodes));
    return nodeObject({
      name: id,
      region: this.#region,
      zone,
      architecture: type.architecture,
      instanceType: type.name,
      privateIp,
      providerId: `aws:///${zone}/${id}`,
      podCidr: PodAddresses.of(context.account).next(subnet.cidr, mostPods(type), inUse),
      labels: labelsOf(pool, type),
      taints: pool.taints,
      capacity: capacityOf(type, NODE_CLASS_GIB),
      allocatable: allocatableOf(type, NODE_CLASS_GIB),
      kubeletVersion: kubeletOf(releaseOf(version)),
    });
  }

  /** The cluster's private subnets, the one in the zone with the fewest nodes first. */
  async #subnets(context: ActorContext): Promise<Subnet[]> {
    const { network } = context.account;
    const { subnetIds, vpcId } = context.cluster.record.cluster.resourcesVpcConfig;
    const open = await network.publicSubnets(subnetIds, vpcId);
    const closed = (await network.subnets(subnetIds)).filter(({ id }) => !open.includes(id));
    const zones = context.objects(kinds.nodes).map(({ metadata }) => metadata.labels?.["topology.kubernetes.io/zone"]);
    const used = ({ zone }: Subnet) => zones.filter((other) => other === zone).length;
    return closed.sort((one, other) => used(one) - used(other));
  }
}

function isAutoMode({ metadata }: Node): boolean {
  return Object.entries(COMPUTE_TYPE).every(([key, value]) => metadata.labels?.[key] === value);
}

function isJoining(node: Node): boolean {
  return node.spec.unschedulable !== true && !takesPods(node);
}
