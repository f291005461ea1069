import { Construct } from "constructs";
import type { z } from "zod";
import { expose, mostLoadBalancerCidrs, routersOf } from "../exposure";
import { Objects } from "../kubernetes";
import { chosenId } from "../stack";
import { accessOf } from "./access";
import type { ApplicationStack } from "./application-stack";
import { autoscaler, disruptionBudget } from "./availability";
import { deployment } from "./deployment";
import { Identity } from "./identity";
import { networkPolicy } from "./network-policy";
import type { webApplication } from "./schema";
import { service } from "./service";
import { validated } from "./validate";
import { metadata, PORT_NAME, workload } from "./workload";

/**
 * Text that the code spells out. A `string` may be a token, which nobody can read before Terraform runs, and a host name has to
 * be told before that. Only what has a key for every text of its kind can be made from nothing.
 */
export type Literal<T extends string> =
  { readonly nothing?: never } extends Record<T, unknown> ? "a host name has to be spelt out in the code" : T;

/** What an app asks for. Each part is described in schema.ts, and those that override a default in overrides.ts. */
export type WebApplicationProps<Hostname extends string> = z.input<typeof webApplication> & {
  /** First label of the host name, spelt out; the environment's domain follows. @default the only one that is registered for the app */
  readonly hostname?: Hostname & Literal<Hostname>;
};

/**
 * An app that answers HTTP: Deployment, Service, autoscaler, disruption budget, service account (with a role, where it asks for
 * permissions), network policy and, by the environment's exposures, what lets the outside in.
 */
export class WebApplication<const Hostname extends string = string> extends Construct {
  /**
   * @param id the app's name, and so that of its objects: the workspace's, or one that begins with it
   * @throws InvalidInput with all that is wrong with the app itself, or cannot be in its environment
   */
  constructor(stack: ApplicationStack, id: string, props: WebApplicationProps<Hostname>) {
    super(stack, chosenId("app", id));
    const settings = validated(stack, id, props);
    stack.parts.set(id, settings);
    const app = workload(id, stack.namespace, stack.team, settings);
    const { variables, files, permissions, peers } = accessOf(stack, app);

    const { serviceAccountName, serviceAccount } = new Identity(stack, this, app, permissions);
    const { exposures } = stack.environment;
    const loadBalancers = { cidrs: stack.platform.loadBalancerCidrs, most: mostLoadBalancerCidrs(exposures) };
    networkPolicy(this, app, { loadBalancers, routers: routersOf(exposures) }, peers);
    const exposed = expose(this, {
      ...{ stack, app: stack.workspace.name, team: stack.team, metadata: metadata(app), portName: PORT_NAME },
      ...{ hostname: settings.hostname, drainSeconds: settings.drainSeconds },
      ...{ readinessPath: settings.probes.readiness, api: settings.api },
      ...{ service: service(this, app), selector: app.selector },
    });
    // A release, for the provider's resources lack fields that pods need (docs/decisions/0021-apps-as-releases.md).
    new Objects(this, "pods", {
      name: id,
      namespace: app.namespace,
      objects: [deployment(app, { serviceAccountName, variables, files }), autoscaler(app), disruptionBudget(app)],
      dependsOn: [serviceAccount, ...exposed],
    });
  }
}
