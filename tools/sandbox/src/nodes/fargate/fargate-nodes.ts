import type { Actor, ActorCluster, ActorContext } from "../../controllers/actor";
import { ApiError } from "@demarc/deploy/kubernetes";
import { noteEvent } from "../../controllers/kubernetes/events";
import { kinds, type Node, type Pod } from "../../controllers/kubernetes/kinds";
import { nameOf, objectPath } from "../../controllers/kubernetes/object";
import type { Subnet } from "../../eks-api/account/network";
import { isDaemonPod } from "../node";
import { blocksOf, PodAddresses } from "../pod-addresses";
import { requestsOf } from "../resources";
import { fargateNode, isFargate, podIdOf } from "./fargate-node";
import { loggingOf } from "./logging";
import { cutOff, defineSecurityGroupPolicies, GROUPS_ANNOTATION, groupsOf } from "./pod-groups";
import { PROFILE_LABEL, profileOf } from "./selector";
import { type FargateSize, fargateSize } from "./size";
import { unsupported } from "./unsupported";

const SCHEDULER = "fargate-scheduler";

type Profile = ReturnType<ActorCluster["record"]["fargateProfiles"]["get"]>;

/** A node of its own for each pod that a Fargate profile selects. All others are left to the scheduler, which finds none for them. */
export function fargateNodes({ region }: ActorCluster): Actor {
  const refused = new Set<string>();
  let defined = false;
  return {
    name: "fargate",
    watches: [kinds.nodes, kinds.pods],
    reconcile: async (context) => {
      if (!defined) await defineSecurityGroupPolicies(context.kubernetes);
      defined = true;
      await removeLeft(context);
      const profiles = context.cluster.record.fargateProfiles.values();
      if (profiles.length === 0) return;
      const nodes = [...context.objects(kinds.nodes)];
      for (const pod of context.objects(kinds.pods).filter(isWaiting)) {
        const profile = profileOf(pod, profiles);
        if (!profile || refused.has(pod.metadata.uid ?? "")) continue;
        const requests = requestsOf(pod);
        const size = fargateSize(requests);
        const lacking = [...unsupported(pod, requests), ...(size ? [] : ["more than 16 vCPU or 120 GB"])];
        if (size && lacking.length === 0) await schedule(context, { pod, profile, size, region, nodes });
        else {
          await refuse(context, pod, lacking);
          refused.add(pod.metadata.uid ?? "");
        }
      }
    },
  };
}

/** Nodes go with their pods, and pods with their profile. */
async function removeLeft(context: ActorContext): Promise<void> {
  const { kubernetes, cluster } = context;
  const pods = context.objects(kinds.pods);
  for (const node of context.objects(kinds.nodes).filter(isFargate)) {
    const pod = pods.find(({ metadata }) => metadata.uid === podIdOf(node));
    const profile = pod?.metadata.labels?.[PROFILE_LABEL];
    if (!pod) await kubernetes.delete(kinds.nodes, node.metadata);
    else if (profile !== undefined && !cluster.record.fargateProfiles.find(profile)) {
      if (pod.metadata.deletionTimestamp === undefined) await kubernetes.delete(kinds.pods, pod.metadata);
    }
  }
}

function isWaiting(pod: Pod): boolean {
  const { metadata, spec, status } = pod;
  return (
    spec.nodeName === undefined &&
    status?.phase === "Pending" &&
    metadata.deletionTimestamp === undefined &&
    (spec.schedulingGates ?? []).length === 0 &&
    !isDaemonPod(pod)
  );
}

async function refuse(context: ActorContext, pod: Pod, lacking: readonly string[]): Promise<void> {
  const message = `Pod not supported on Fargate: fields not supported: ${lacking.join(", ")}`;
  context.say(`${nameOf(pod)}: ${message}`);
  await noteEvent(context.kubernetes, SCHEDULER, pod, { type: "Warning", reason: "FailedScheduling", message });
}

interface Placement {
  readonly pod: Pod;
  readonly profile: Profile;
  readonly size: FargateSize;
  readonly region: string;
  /** All that there are; the new one is added. */
  readonly nodes: Node[];
}

async function schedule(context: ActorContext, placement: Placement): Promise<void> {
  const { kubernetes, account, cluster } = context;
  const { pod, profile, size, region, nodes } = placement;
  const groups = await groupsOf(kubernetes, pod);
  const lost = await cutOff(context, groups);
  if (lost.length > 0) {
    context.say(`${nameOf(pod)} stays Pending: ${lost.join("; ")}`);
    return;
  }
  const subnet = leastUsed(await account.network.subnets(profile.subnets ?? []), nodes);
  const [privateIp = ""] = PodAddresses.of(account).single(subnet.cidr, blocksOf(cluster.name, nodes)).split("/");
  const { version } = cluster.record.cluster;
  const node = fargateNode({ pod, region, subnet, privateIp, size, version });
  nodes.push(await kubernetes.create(kinds.nodes, node));
  const annotations = groups.length === 0 ? {} : { [GROUPS_ANNOTATION]: groups.join(",") };
  await bind(context, pod, node.metadata.name, { ...placement, annotations });
}

async function bind(
  context: ActorContext,
  pod: Pod,
  node: string,
  { profile, size: { vcpus, memory }, annotations }: Placement & { readonly annotations: object },
): Promise<void> {
  const { kubernetes } = context;
  const { fargateProfileName } = profile;
  const { name, namespace } = pod.metadata;
  const logging = await loggingOf(kubernetes);
  try {
    await kubernetes.patch(kinds.pods, pod.metadata, {
      metadata: {
        labels: { [PROFILE_LABEL]: fargateProfileName },
        annotations: { ...annotations, CapacityProvisioned: `${vcpus}vCPU ${memory}GB`, Logging: logging.annotation },
      },
    });
    await kubernetes.server.ask(`${objectPath(kinds.pods, pod.metadata)}/binding`, {
      method: "POST",
      body: { apiVersion: "v1", kind: "Binding", metadata: { name, namespace }, target: { kind: "Node", name: node } },
    });
  } catch (fault) {
    await kubernetes.delete(kinds.nodes, { name: node });
    // It has gone, or runs elsewhere.
    if (fault instanceof ApiError && [404, 409].includes(fault.status)) return;
    throw fault;
  }
  context.say(`${nameOf(pod)} runs on ${node} (${vcpus} vCPU, ${memory} GB)`);
  await noteEvent(kubernetes, SCHEDULER, pod, logging.event);
}

/** The subnet with the fewest Fargate nodes: pods spread over the zones. */
function leastUsed(subnets: readonly Subnet[], nodes: readonly Node[]): Subnet {
  const used = ({ zone }: Subnet) =>
    nodes.filter((node) => isFargate(node) && node.metadata.labels?.["topology.kubernetes.io/zone"] === zone).length;
  const [first, ...others] = subnets;
  if (!first) throw new Error("the subnets of the Fargate profile are gone");
  return others.reduce((least, subnet) => (used(subnet) < used(least) ? subnet : least), first);
}
