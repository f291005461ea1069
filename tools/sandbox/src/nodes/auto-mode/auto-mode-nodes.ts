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
import { nodeClasses, nodePools } from "./kinds";
import { defineNodes, holdClasses } from "./objects";
import { isWithin, ownPools } from "./own-pools";
import {
  bestOffer,
  COMPUTE_TYPE,
  INSTANCE_TYPES,
  labelsOf,
  type NodePool,
  type Offer,
  offersOf,
  poolsOf,
} from "./pools";

const POOL = "karpenter.sh/nodepool";

/** Nodes of EKS Auto Mode: they appear for pods that find no room, and go when they are empty or their pool is gone. */
export function autoModeNodes(cluster: ActorCluster): Actor {
  return new AutoModeNodes(cluster);
}

class AutoModeNodes implements Actor {
  readonly name = "auto-mode";
  readonly watches = [kinds.nodes, kinds.pods, nodePools, nodeClasses];
  readonly resyncSeconds = 5;

  readonly #emptySince = new Map<string, number>();
  /** All that were started. */
  readonly #instances = new Set<string>();
  #isDefined = false;
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
    const { enabled, nodePools: builtIn = [] } = cluster.record.cluster.computeConfig ?? {};
    await this.#removeGone(context);
    if (enabled !== true) return;
    if (!this.#isDefined) await defineNodes(context.kubernetes, builtIn);
    this.#isDefined = true;
    await holdClasses(context, context.objects(kinds.nodes).filter(isAutoMode));
    const own = ownPools(context.objects(nodePools), context.objects(nodeClasses), cluster, context.say);
    const pools = [...own, ...poolsOf(builtIn)];
    await this.#consolidate(context, pools);
    // The next look is at once when the new node is seen: what finds no room there gets another one.
    const nodes = context.objects(kinds.nodes);
    if (nodes.filter(isAutoMode).some(isJoining) || this.#instances.size > nodes.filter(isAutoMode).length) return;
    const pods = context.objects(kinds.pods);
    const places = nodes.filter(takesPods).map((node) => placeOf(node, pods));
    const { left } = pack(pods.filter(isUnschedulable), places, fits);
    if (left.length > 0) await this.#provide(context, left, pools);
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

  async #consolidate(context: ActorContext, pools: readonly NodePool[]): Promise<void> {
    for (const node of context.objects(kinds.nodes).filter(isAutoMode)) {
      const { name } = node.metadata;
      const pool = pools.find((one) => one.name === node.metadata.labels?.[POOL]);
      const isEmpty = podsOf(context, node).every((pod) => isDaemonPod(pod) || isDone(pod));
      const since = this.#emptySince.get(name) ?? Date.now();
      if (isEmpty) this.#emptySince.set(name, since);
      else this.#emptySince.delete(name);
      if (pool !== undefined && (!isEmpty || Date.now() - since < pool.consolidateAfter)) continue;
      context.say(`node ${name} ${pool === undefined ? "has lost its pool" : "is empty"}`);
      await context.account.instances.terminate([instanceOf(node) ?? ""]);
      this.#emptySince.delete(name);
    }
  }

  async #provide(context: ActorContext, pods: readonly Pod[], pools: readonly NodePool[]): Promise<void> {
    const { account } = context;
    const types = await Promise.all(INSTANCE_TYPES.map((name) => account.instances.type(name)));
    for (const pool of pools) {
      const nodes = context.objects(kinds.nodes).filter(({ metadata }) => metadata.labels?.[POOL] === pool.name);
      const within = types.filter((type) => isWithin(pool, nodes, type));
      const offer = bestOffer(pods, offersOf(pool, await this.#subnets(context, pool), within, this.#region));
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
      securityGroupId:
        pool.securityGroupIds?.[0] ?? cluster.record.cluster.resourcesVpcConfig.clusterSecurityGroupId ?? "",
      tags: {
        ...pool.tags,
        "eks:eks-cluster-name": cluster.name,
        "eks:kubernetes-node-class-name": pool.nodeClass,
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
      capacity: capacityOf(type, pool.diskGib),
      allocatable: allocatableOf(type, pool.diskGib),
      kubeletVersion: kubeletOf(releaseOf(version)),
    });
  }

  /** A pool's subnets, or the cluster's private ones: the one in the zone with the fewest nodes first. */
  async #subnets(context: ActorContext, { subnetIds: named }: NodePool): Promise<Subnet[]> {
    const { network } = context.account;
    const { subnetIds, vpcId } = context.cluster.record.cluster.resourcesVpcConfig;
    const open = named === undefined ? await network.publicSubnets(subnetIds, vpcId) : [];
    const closed = (await network.subnets(named ?? subnetIds)).filter(({ id }) => !open.includes(id));
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
