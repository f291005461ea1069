import { EC2Client } from "@aws-sdk/client-ec2";
import type { Actor, ActorCluster, ActorContext } from "../controllers/actor";
import { EksClusterRole } from "../controllers/eks-cluster-role";
import { ApiError } from "@demarc/deploy/kubernetes";
import { kinds, type Node } from "../controllers/kubernetes/kinds";
import type { GroupState } from "../eks-api/account/auto-scaling";
import { type Instance, Instances } from "../eks-api/account/instances";
import type { StoredNodegroup } from "../eks-api/store";
import { mostPods } from "./capacity";
import { GroupSettings } from "./group-settings";
import { reasonToStayAway, tellJoining } from "./joining";
import { type Member, NODE_GROUP, nodeGroupNode, providerIdOf } from "./node-group-node";
import { blocksOf, PodAddresses } from "./pod-addresses";
import { removeNode } from "./removal";
import { Rollout } from "./rollout";

/** Milliseconds for which the groups of the local AWS are not asked for again: pods change more often than groups. */
const GROUPS_AGE = 1_000;

/** A node for every instance in the Auto Scaling groups of the cluster's node groups, whoever changed their size. */
export function nodeGroupNodes(cluster: ActorCluster): Actor {
  return new NodeGroupNodes(cluster);
}

class NodeGroupNodes implements Actor {
  readonly name = "nodes";
  readonly watches = [kinds.nodes, kinds.pods];
  readonly resyncSeconds = 2;

  readonly #settings = new GroupSettings();
  readonly #rollout = new Rollout();
  readonly #instances = new Map<string, Instance>();
  #seen: { readonly groups: readonly GroupState[]; readonly at: number } | undefined;

  readonly #role: EksClusterRole;
  /** As the cluster's role, by which its control plane finds the instance behind a node. */
  readonly #found: Instances;

  constructor(private readonly cluster: ActorCluster) {
    this.#role = new EksClusterRole(cluster);
    this.#found = new Instances(new EC2Client(this.#role.client));
  }

  async reconcile(context: ActorContext): Promise<void> {
    const groups = await this.#groups(context);
    const members = await this.#members(context, groups);
    const nodes = context.objects(kinds.nodes).filter(({ metadata }) => metadata.labels?.[NODE_GROUP] !== undefined);
    const byProvider = new Map(nodes.map((node) => [node.spec.providerID, node]));
    const wanted = new Set(members.map(({ instance }) => providerIdOf(instance)));

    for (const node of nodes) if (!wanted.has(node.spec.providerID ?? "")) await removeNode(context, node);
    const away: { readonly id: string; readonly of: StoredNodegroup; readonly reason: string }[] = [];
    for (const member of members) {
      const node = byProvider.get(providerIdOf(member.instance));
      const reason = node ? undefined : await reasonToStayAway(this.cluster, member);
      if (node) await this.#settings.bring(context, node, member.stored);
      else if (reason === undefined) await this.#create(context, member);
      else away.push({ id: member.instance.id, of: member.stored, reason });
    }
    for (const stored of context.cluster.record.nodegroups.values()) {
      const own = away.filter(({ of }) => of === stored);
      const ids = tellJoining(
        stored,
        own.map(({ id }) => id),
      );
      for (const { id, reason } of own) if (ids.includes(id)) context.say(`${id} does not join: ${reason}`);
    }
    await this.#replaceOutdated(context, groups, members, byProvider);
  }

  async #groups({ account, cluster }: ActorContext): Promise<readonly GroupState[]> {
    const names = cluster.record.nodegroups.values().map(({ autoScalingGroup }) => autoScalingGroup);
    const seen = this.#seen;
    if (seen && Date.now() - seen.at < GROUPS_AGE && names.length === seen.groups.length) return seen.groups;
    const groups = await account.autoScaling.groups(names);
    this.#seen = { groups, at: Date.now() };
    return groups;
  }

  async #members({ cluster }: ActorContext, groups: readonly GroupState[]): Promise<Member[]> {
    const ids = groups.flatMap(({ instances }) => instances);
    const unknown = ids.filter((id) => !this.#instances.has(id));
    const running = await this.#role.act(() => this.#found.running(unknown));
    for (const instance of running) this.#instances.set(instance.id, instance);
    for (const id of this.#instances.keys()) if (!ids.includes(id)) this.#instances.delete(id);
    return cluster.record.nodegroups.values().flatMap((stored) =>
      groups
        .filter(({ name }) => name === stored.autoScalingGroup)
        .flatMap(({ instances }) => instances)
        .flatMap((id) => this.#instances.get(id) ?? [])
        .map((instance) => ({ stored, instance })),
    );
  }

  async #create(context: ActorContext, member: Member): Promise<void> {
    const { account, kubernetes } = context;
    const { instance, stored } = member;
    const type = await account.instances.type(instance.type);
    const [subnet] = await account.network.subnets([instance.subnetId]);
    if (!subnet) throw new Error(`subnet ${instance.subnetId} of instance ${instance.id} is gone`);
    const inUse = blocksOf(context.cluster.name, context.objects(kinds.nodes));
    const block = PodAddresses.of(account).next(subnet.cidr, mostPods(type), inUse);
    const node = nodeGroupNode(member, this.cluster.region, type, block);
    try {
      await kubernetes.create(kinds.nodes, node);
      this.#settings.note(node.metadata.name, stored);
      context.say(
        `node ${node.metadata.name} (${type.name}, ${instance.zone}) joins ${stored.nodegroup.nodegroupName}`,
      );
    } catch (fault) {
      // Its predecessor at that address has not gone yet.
      if (!(fault instanceof ApiError && fault.reason === "AlreadyExists")) throw fault;
    }
  }

  async #replaceOutdated(
    context: ActorContext,
    groups: readonly GroupState[],
    members: readonly Member[],
    nodes: ReadonlyMap<string | undefined, Node>,
  ): Promise<void> {
    for (const stored of context.cluster.record.nodegroups.values()) {
      const group = groups.find(({ name }) => name === stored.autoScalingGroup);
      const own = members.filter((member) => member.stored === stored);
      const nodesOfGroup = own.flatMap(({ instance }) => nodes.get(providerIdOf(instance)) ?? []);
      if (group && nodesOfGroup.length === group.instances.length) {
        const changed = await this.#rollout.advance(context, { stored, group, nodes: nodesOfGroup });
        if (changed) this.#seen = undefined;
      }
    }
  }
}
