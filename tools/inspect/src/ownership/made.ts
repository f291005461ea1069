import type { ClusterModel } from "../model/cluster-model";
import type { EnvironmentModel } from "../model/environment-model";
import type { KubernetesObject } from "../model/objects";
import type { InspectedStack, Resource } from "../model/stack";
import { classOf, needsController } from "./classes";
import { builtIn, COMPONENTS } from "./components";
import { type Controller, CONTROLLERS, type ForObject, type ForResource } from "./controllers";
import { type Named, PART_BY_REFERENCE, thingNamed, thingOf, thingOfKind, THINGS, type Title } from "./things";

/** What makes a thing. The stack is what decides whose it is. */
export type Maker =
  /** The stack itself. */
  | { readonly by: "stack"; readonly stack: InspectedStack }
  /** Nobody here: the stack looks up what is there. */
  | { readonly by: "look-up"; readonly stack: InspectedStack }
  /** A controller, or a service of AWS, for something that the stack makes, such as an `Ingress`. */
  | { readonly by: "controller"; readonly name: string; readonly for: string; readonly stack: InspectedStack }
  /** What the stack makes has it: a cluster with EKS Auto Mode, say. */
  | { readonly by: "built-in"; readonly name: string; readonly stack: InspectedStack };

export interface Made {
  readonly thing: Named;
  readonly maker: Maker;
}

/** An object that waits for a controller which its cluster does not have. */
export interface Unclaimed {
  readonly stack: InspectedStack;
  readonly kind: string;
  /** What it asks for. Undefined where nothing in the stacks tells. */
  readonly class: string | undefined;
}

/** Each thing that a stack makes, or that something else makes for it; the same more than once, where there are more of it. */
export function allMade(model: EnvironmentModel): Made[] {
  const made = [
    ...model.resources.flatMap((resource) => byStack(model, resource)),
    ...model.objects.map(({ stack, kind }): Made => ({ thing: thingOfKind(kind), maker: { by: "stack", stack } })),
    ...model.clusters.flatMap(componentsOf),
    ...CONTROLLERS.flatMap((controller) => byController(model, controller)),
  ];
  return [...made, ...lookedUp(model, made)];
}

function byStack(model: EnvironmentModel, { stack, type, arguments: written }: Resource): Made[] {
  const thing = thingOf(type);
  const whole = PART_BY_REFERENCE[type];
  const isPart = whole !== undefined && model.referred(stack, written).some((each) => each.type === whole);
  return thing === undefined || isPart ? [] : [{ thing, maker: { by: "stack", stack } }];
}

/** What a stack looks up, and no stack makes. */
function lookedUp(model: EnvironmentModel, made: readonly Made[]): Made[] {
  const titles = new Set(made.map(({ thing }) => thing.title));
  const named = new Set<string>(THINGS.map(({ title }) => title));
  return model.stacks
    .flatMap(({ lookUps }) => lookUps)
    .flatMap(({ stack, type }): Made[] => {
      const thing = thingOf(type);
      const isMissing = thing !== undefined && named.has(thing.title) && !titles.has(thing.title);
      return isMissing ? [{ thing, maker: { by: "look-up", stack } }] : [];
    });
}

/** Programs in a cluster: who installs them, or what has them built in. */
function componentsOf(cluster: ClusterModel): Made[] {
  const { controlPlane, parts } = cluster;
  const inBuilt = COMPONENTS.flatMap((component): Made[] => {
    const name = builtIn(component, cluster);
    if (controlPlane === undefined || name === undefined) return [];
    return [{ thing: installed(component.title), maker: { by: "built-in", name, stack: controlPlane.stack } }];
  });
  const byName = (key: "chart" | "addOn", name: string, stack: InspectedStack): Made => ({
    thing: installed(COMPONENTS.find((component) => component[key] === name)?.title ?? name),
    maker: { by: "stack", stack },
  });
  return [
    ...inBuilt,
    ...parts.releases.map(({ stack, chart }) => byName("chart", chart, stack)),
    ...cluster
      .resources("aws_eks_addon")
      .map(({ stack, arguments: { addon_name: name } }) => byName("addOn", String(name), stack)),
  ];
}

function installed(title: string): Named {
  return { group: "Installed in the cluster", title };
}

function byController(model: EnvironmentModel, controller: Controller): Made[] {
  const { name, objects = [], resources = [] } = controller;
  const forResources = resources.flatMap((rule) =>
    model.resources
      .filter((resource) => isActedOn(resource, model.clusterOf(resource.stack), controller, rule))
      .flatMap(({ stack }) => madeFor(rule.makes, { by: "controller", name, for: rule.noun, stack })),
  );
  const forObjects = model.clusters.filter(runsIn(controller)).flatMap((cluster) =>
    objects.flatMap((rule) =>
      cluster
        .objects(rule.kind)
        .filter((object) => isTaken(object, cluster, rule))
        .flatMap(({ stack, kind }) => madeFor(rule.makes, { by: "controller", name, for: kind, stack })),
    ),
  );
  return [...forResources, ...forObjects];
}

function runsIn({ runs }: Controller): (cluster: ClusterModel) => boolean {
  return (cluster) => runs?.(cluster) ?? true;
}

function isActedOn(
  resource: Resource,
  cluster: ClusterModel | undefined,
  { runs }: Controller,
  { type, when }: ForResource,
): boolean {
  const acts = runs === undefined || (cluster !== undefined && runs(cluster));
  return resource.type === type && acts && (when?.(resource, cluster) ?? true);
}

function isTaken(object: KubernetesObject, cluster: ClusterModel, { class: wanted, when }: ForObject): boolean {
  return (wanted === undefined || classOf(object, cluster) === wanted) && (when?.(object, cluster) ?? true);
}

function madeFor(titles: readonly Title[], maker: Maker): Made[] {
  return titles.map((title) => ({ thing: thingNamed(title), maker }));
}

/** Objects that wait for a controller which their cluster does not have. */
export function unclaimed({ clusters }: EnvironmentModel): Unclaimed[] {
  return clusters.flatMap((cluster) => {
    const rules = CONTROLLERS.filter((controller) => runsIn(controller)(cluster)).flatMap(
      ({ objects = [] }) => objects,
    );
    const byClass = rules.filter((rule) => rule.class !== undefined);
    return cluster.parts.objects
      .filter(needsController)
      .filter((object) => !byClass.some((rule) => rule.kind === object.kind && isTaken(object, cluster, rule)))
      .map((object) => ({ stack: object.stack, kind: object.kind, class: classOf(object, cluster) }));
  });
}
