import type { Actor, ActorCluster, ActorContext } from "./actor";
import type { KubernetesClient } from "./kubernetes/client";
import { type Container, type Deployment, kinds } from "./kubernetes/kinds";
import type { ResourceKind } from "./kubernetes/object";
import { ServiceAccountIdentity } from "./service-account";
import type { AwsCredentials } from "./service-session";

/** What the actor of an add-on has: no more than the add-on's own pods would. */
export interface AddonActorContext extends Omit<ActorContext, "account"> {
  /** The cluster as the add-on's service account: what the RBAC of its chart forbids is forbidden. */
  readonly kubernetes: KubernetesClient;
  /** The add-on's own. */
  readonly deployment: Deployment;
  /** The controller's container: the first one. */
  readonly container: Container;
  /** Value of a flag, e.g. "dev-a" for `cluster-name` of `--cluster-name=dev-a`, the last one where it is given twice; "true" for a flag alone. */
  readonly argument: (name: string) => string | undefined;
  /** Token of the service account. */
  readonly token: () => Promise<string>;
  /**
   * Credentials of the role that the service account is associated with.
   *
   * @throws Error where it has none: the controller cannot do anything in AWS
   */
  readonly credentials: () => Promise<AwsCredentials>;
}

/** What a controller does that the platform installs. */
export interface AddonActor {
  /** Label app.kubernetes.io/name of its Deployment. */
  readonly addon: string;
  /** As of an Actor; its Deployment need not be named. */
  readonly watches: readonly ResourceKind[];
  readonly resyncSeconds?: number;
  /** As of an Actor, and only while its Deployment has a ready replica. */
  reconcile(context: AddonActorContext): Promise<void>;
  /** What to end when its Deployment has no ready replica any more. Called again and again while it has none. */
  absent?(): Promise<void>;
}

/** The actor of an add-on, at work only while the add-on is: uninstalled or scaled to zero it leaves all as it is, as in real life. */
export function installed(actor: AddonActor, cluster: ActorCluster): Actor {
  let identity: { readonly of: string; readonly is: ServiceAccountIdentity } | undefined;
  const identityOf = (deployment: Deployment, { account, kubernetes }: ActorContext): ServiceAccountIdentity => {
    const { namespace = "", uid = "" } = deployment.metadata;
    const { serviceAccountName: name = "default" } = deployment.spec.template.spec ?? {};
    const key = `${namespace}/${name}/${uid}`;
    if (identity?.of === key) return identity.is;
    identity?.is.kubernetes.close();
    identity = { of: key, is: new ServiceAccountIdentity(cluster, account, kubernetes, { name, namespace }) };
    return identity.is;
  };
  return {
    name: actor.addon,
    watches: [kinds.deployments, ...actor.watches],
    ...(actor.resyncSeconds === undefined ? {} : { resyncSeconds: actor.resyncSeconds }),
    reconcile: async (context) => {
      const deployment = runningDeployment(actor.addon, context.objects(kinds.deployments));
      const container = deployment?.spec.template.spec?.containers[0];
      if (deployment === undefined || container === undefined) {
        await actor.absent?.();
        return;
      }
      const { kubernetes, token, credentials } = bound(identityOf(deployment, context));
      const words = [...(container.command ?? []), ...(container.args ?? [])];
      const argument = (name: string) => argumentOf(name, words);
      await actor.reconcile({ ...context, kubernetes, deployment, container, argument, token, credentials });
    },
    stop: async () => {
      await actor.absent?.();
      identity?.is.kubernetes.close();
    },
  };
}

function bound(identity: ServiceAccountIdentity) {
  const { kubernetes } = identity;
  return { kubernetes, token: () => identity.token(), credentials: () => identity.credentials() };
}

/** The Deployment of an add-on, if there is one at work: not one that goes. */
export function runningDeployment(addon: string, deployments: readonly Deployment[]): Deployment | undefined {
  return deployments.find(
    ({ metadata, status }) =>
      metadata.labels?.["app.kubernetes.io/name"] === addon &&
      metadata.deletionTimestamp === undefined &&
      (status?.readyReplicas ?? 0) > 0,
  );
}

/** Value of a flag among the arguments of a command: `--name=value`, `--name value` or `--name` alone. */
export function argumentOf(name: string, args: readonly string[]): string | undefined {
  const flag = `--${name}`;
  const at = args.findLastIndex((argument) => argument === flag || argument.startsWith(`${flag}=`));
  const argument = args[at];
  if (argument === undefined) return undefined;
  if (argument !== flag) return argument.slice(flag.length + 1);
  const next = args[at + 1];
  return next === undefined || next.startsWith("-") ? "true" : next;
}
