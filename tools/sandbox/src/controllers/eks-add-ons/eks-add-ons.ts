import { serviceAddress } from "../../kubernetes/service-address";
import type { Actor, ActorCluster, ActorContext } from "../actor";
import { type AddOnObject, objectsOf } from "./objects";
import { ADD_ONS } from "./workloads";

/** Number of the DNS service's address within the services' block, as EKS has it. */
const DNS = 10;

/**
 * Gives the add-ons of EKS the objects that EKS gives them, so that kube-system looks as it does there. As in EKS, they are
 * written when an add-on is made or changed, and not when somebody else changes them.
 */
export function eksAddOns({ record }: ActorCluster): Actor {
  /** What stands in the cluster, by add-on. */
  const written = new Map<string, { readonly version: string; readonly objects: readonly AddOnObject[] }>();
  const { serviceIpv4Cidr, serviceIpv6Cidr } = record.cluster.kubernetesNetworkConfig ?? {};
  const dnsAddress = serviceAddress(serviceIpv4Cidr ?? serviceIpv6Cidr ?? "", DNS);

  const write = async ({ kubernetes, say }: ActorContext, name: string, version: string) => {
    const content = ADD_ONS[name];
    if (content === undefined || written.get(name)?.version === version) return;
    const objects = objectsOf(content, version, dnsAddress);
    for (const { kind, object } of objects) await kubernetes.apply(kind, object);
    written.set(name, { version, objects });
    say(`${name} ${version} is in the cluster`);
  };

  const remove = async ({ kubernetes, say }: ActorContext, name: string, objects: readonly AddOnObject[]) => {
    if (!record.preservedAddons.delete(name)) {
      for (const { kind, object } of objects.toReversed()) await kubernetes.delete(kind, object.metadata);
      say(`${name} is gone from the cluster`);
    }
    written.delete(name);
  };

  return {
    name: "EKS add-ons",
    watches: [],
    resyncSeconds: 1,
    reconcile: async (context) => {
      for (const { addonName, addonVersion = "" } of record.addons.values()) {
        await write(context, addonName, addonVersion);
      }
      for (const [name, { objects }] of written) {
        if (record.addons.find(name) === undefined) await remove(context, name, objects);
      }
    },
  };
}
