import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { EC2Client } from "@aws-sdk/client-ec2";
import { AutoScalingGroups, type GroupState } from "../../eks-api/account/auto-scaling";
import { Instances } from "../../eks-api/account/instances";
import { instanceOf, isReady, isUnschedulable, takesPods } from "../../nodes/node";
import { anotherLike, placeOf } from "../../nodes/places";
import type { ActorCluster } from "../actor";
import type { AddonActor, AddonActorContext } from "../addon";
import { noteEvent } from "../kubernetes/events";
import { kinds, type Node, type Pod } from "../kubernetes/kinds";
import type { AwsCredentials } from "../service-session";
import { type AutoscalerOptions, autoscalerOptions } from "./options";
import { emptyNodes, markForDeletion, Unneeded } from "./scale-down";
import { type Candidate, planScaleUp, type ScaleUp } from "./scale-up";
import { statusText, writeStatus } from "./status";
import { templatePlace } from "./template";

const COMPONENT = "cluster-autoscaler";

/** Milliseconds between two looks at the groups while no pod waits. */
const SCAN_INTERVAL = 5_000;

/** The local AWS, with the rights of the autoscaler's own role. */
interface Cloud {
  readonly accessKeyId: string;
  readonly groups: AutoScalingGroups;
  readonly instances: Instances;
}

/**
 * What Cluster Autoscaler does: groups that it finds by their tags grow for pods that find no room, and lose nodes that are empty
 * for long. It does not empty nodes that are little used, and takes no expander into account.
 */
export function clusterAutoscaler(cluster: ActorCluster): AddonActor {
  return new ClusterAutoscaler(cluster);
}

class ClusterAutoscaler implements AddonActor {
  readonly addon = "aws-cluster-autoscaler";
  readonly watches = [kinds.nodes, kinds.pods];
  readonly resyncSeconds = 2;

  readonly #unneeded = new Unneeded();
  readonly #told = new Set<string>();
  #cloud: Cloud | undefined;
  #scanned = 0;
  #grown = 0;
  #status = "";

  constructor(private readonly cluster: ActorCluster) {}

  async reconcile(context: AddonActorContext): Promise<void> {
    const options = autoscalerOptions((name) => context.argument(name));
    const waits = context.objects(kinds.pods).some(isUnschedulable);
    if (!waits && Date.now() - this.#scanned < SCAN_INTERVAL) return;
    this.#scanned = Date.now();
    const cloud = this.#cloudOf(await context.credentials());
    const groups = await cloud.groups.tagged(options.tags);
    const nodes = context.objects(kinds.nodes);
    if (waits) await this.#scaleUp(context, cloud, groups);
    if (options.scaleDown) await this.#scaleDown(context, cloud, groups, options);
    const status = statusText(groups, nodes);
    if (status !== this.#status) await writeStatus(context.kubernetes, options.namespace, status);
    this.#status = status;
  }

  async #scaleUp(context: AddonActorContext, cloud: Cloud, groups: readonly GroupState[]): Promise<void> {
    // At one moment: a pod that has got a node since would fill it, and be thought to wait for another.
    const pods = context.objects(kinds.pods);
    const pending = pods.filter(isUnschedulable);
    const ready = context.objects(kinds.nodes).filter(takesPods);
    const candidates = await Promise.all(groups.map((group) => this.#candidate(cloud, group, ready, pods)));
    const places = ready.map((node) => placeOf(node, pods));
    const { scaleUp, hopeless } = planScaleUp(pending, places, candidates);
    for (const { pod, reason } of hopeless) {
      await this.#tell(context, pod, "NotTriggerScaleUp", `pod didn't trigger scale-up: ${reason}`);
    }
    if (scaleUp) await this.#grow(context, cloud, scaleUp);
  }

  async #grow(context: AddonActorContext, { groups }: Cloud, { group, nodes, pods }: ScaleUp): Promise<void> {
    const { name, scaling } = group;
    const size = scaling.desiredSize + nodes;
    await groups.setDesiredSize(name, size);
    this.#grown = Date.now();
    const change = `${name} ${scaling.desiredSize}->${size} (max: ${scaling.maxSize})`;
    context.say(`scale-up: ${change}`);
    for (const pod of pods) {
      await this.#tell(context, pod, "TriggeredScaleUp", `pod triggered scale-up: [{${change}}]`);
    }
  }

  async #scaleDown(
    context: AddonActorContext,
    { groups: autoScaling }: Cloud,
    groups: readonly GroupState[],
    { unneededTime, delayAfterAdd }: AutoscalerOptions,
  ): Promise<void> {
    const { kubernetes } = context;
    const nodes = context.objects(kinds.nodes).filter(isReady);
    const empty = emptyNodes(nodes, context.objects(kinds.pods), groups);
    const due = this.#unneeded.due(empty, Date.now(), unneededTime);
    if (Date.now() - this.#grown < delayAfterAdd) return;
    for (const { node, instance } of due) {
      await markForDeletion(kubernetes, node);
      await autoScaling.terminate(instance);
      context.say(`scale-down: node ${node.metadata.name} was empty`);
    }
  }

  async #candidate(
    { instances }: Cloud,
    group: GroupState,
    ready: readonly Node[],
    pods: readonly Pod[],
  ): Promise<Candidate> {
    const own = ready.filter((node) => group.instances.includes(instanceOf(node) ?? ""));
    const upcoming = Math.max(0, group.scaling.desiredSize - own.length);
    if (own[0]) return { group, template: anotherLike(own[0], pods), upcoming };
    const type = await instances.type(group.instanceTypes[0] ?? "");
    const place = { region: this.cluster.region, zone: group.zones[0] ?? "" };
    return { group, template: templatePlace(group, type, place), upcoming };
  }

  /** Once for each pod: the autoscaler may make events, not read them. */
  async #tell({ kubernetes }: AddonActorContext, pod: Pod, reason: string, message: string): Promise<void> {
    const key = [pod.metadata.uid, reason, message].join();
    if (this.#told.has(key)) return;
    this.#told.add(key);
    await noteEvent(kubernetes, COMPONENT, pod, { type: "Normal", reason, message });
  }

  #cloudOf(credentials: AwsCredentials): Cloud {
    if (this.#cloud?.accessKeyId === credentials.accessKeyId) return this.#cloud;
    const { awsEndpoint: endpoint, region } = this.cluster;
    this.#cloud = {
      accessKeyId: credentials.accessKeyId,
      groups: new AutoScalingGroups(new AutoScalingClient({ endpoint, region, credentials })),
      instances: new Instances(new EC2Client({ endpoint, region, credentials })),
    };
    return this.#cloud;
  }
}
