import { isDeepStrictEqual } from "node:util";
import { isRecord } from "@demarc/shared/json";
import { ClusterModel } from "./cluster-model";
import { type KubernetesObject, objectsOf, type Release, releasesOf } from "./objects";
import { onlyReference, type Reference, referencesIn, templatesIn } from "./references";
import { inspect, type InspectedStack, type Resource } from "./stack";
import type { WrittenStack } from "./written";

/** A value, and the stack in which its references mean something. */
interface Placed {
  readonly stack: InspectedStack;
  readonly value: unknown;
}

/** References lead to others: more than these one after the other are a circle. */
const FURTHEST = 20;

/**
 * Everything that is synthesized for an environment: the stacks of all its workspaces, and the account stack that they share. It tells
 * nothing that their JSON does not say.
 */
export class EnvironmentModel {
  readonly resources: readonly Resource[];
  readonly objects: readonly KubernetesObject[];
  readonly releases: readonly Release[];
  readonly #clusters: ReadonlyMap<string, ClusterModel>;

  private constructor(
    readonly name: string,
    readonly stacks: readonly InspectedStack[],
  ) {
    this.resources = stacks.flatMap(({ resources }) => resources);
    this.objects = stacks.flatMap(objectsOf);
    this.releases = stacks.flatMap(releasesOf);
    const ids = new Set(stacks.flatMap(({ cluster }) => cluster ?? []));
    const known = (stack: InspectedStack, value: unknown) => this.known(stack, value);
    this.#clusters = new Map(
      [...ids].map((id) => {
        const resources = this.resources.filter(({ stack }) => stack.cluster === id);
        const objects = this.objects.filter(({ stack }) => stack.cluster === id);
        const releases = this.releases.filter(({ stack }) => stack.cluster === id);
        return [id, new ClusterModel(id, { resources, objects, releases, known })];
      }),
    );
  }

  /** @param written stacks of any environments. @returns one model for each environment, in the order of their names */
  static all(written: readonly WrittenStack[]): EnvironmentModel[] {
    const stacks = written.map(inspect);
    const names = new Set(stacks.filter((stack) => !isAccounts(stack)).map(({ environment }) => environment));
    return [...names].sort().map((name) => {
      const own = stacks.filter(({ environment }) => environment === name);
      const shared = stacks.filter((stack) => isAccounts(stack) && own.some((each) => isBeside(stack, each)));
      return new EnvironmentModel(name, [...shared, ...own]);
    });
  }

  get clusters(): ClusterModel[] {
    return [...this.#clusters.values()];
  }

  /** The cluster that a stack belongs to. @returns undefined for a stack of the whole environment */
  clusterOf({ cluster = "" }: InspectedStack): ClusterModel | undefined {
    return this.#clusters.get(cluster);
  }

  /**
   * The text that a value is, once what stands behind its references is put in, also through what other stacks publish.
   * @returns undefined where it is no text, or where something is not written anywhere: Terraform computes it, or AWS tells
   */
  known(stack: InspectedStack, value: unknown, far = 0): string | undefined {
    if (typeof value !== "string") return undefined;
    return templatesIn(value).reduce((text: string | undefined, { whole, expression }) => {
      const found = this.#behind(stack, expression, far);
      return found === undefined ? undefined : text?.replace(whole, () => found);
    }, value);
  }

  /** The resources and look-ups that a value refers to, also through what other stacks publish. */
  referred(stack: InspectedStack, value: unknown, far = 0): Resource[] {
    if (far > FURTHEST) return [];
    return referencesIn(value).flatMap((reference) => {
      const placed = this.#published(stack, reference);
      if (placed !== undefined) return this.referred(placed.stack, placed.value, far + 1);
      return blockIn(stack, reference) ?? [];
    });
  }

  /** The text behind an expression that is one reference. */
  #behind(stack: InspectedStack, expression: string, far: number): string | undefined {
    const reference = onlyReference(expression);
    if (reference === undefined || far > FURTHEST) return undefined;
    const found = blockIn(stack, reference);
    const own = found === undefined ? undefined : { stack, value: at(found.arguments, reference.path) };
    const placed = this.#published(stack, reference) ?? own;
    return placed === undefined ? undefined : this.known(placed.stack, placed.value, far + 1);
  }

  /** What another stack publishes under a reference to its state. */
  #published(stack: InspectedStack, { type, label, path }: Reference): Placed | undefined {
    if (type !== "terraform_remote_state") return undefined;
    const producer = this.stacks.find(({ state }) => isDeepStrictEqual(state, stack.reads[label]));
    if (producer === undefined) return undefined;
    return { stack: producer, value: at(producer.outputs, path.slice(1)) };
  }
}

function isAccounts({ environment }: InspectedStack): boolean {
  return environment === "account";
}

function isBeside(one: InspectedStack, other: InspectedStack): boolean {
  return one.account === other.account && one.region === other.region;
}

function blockIn(stack: InspectedStack, { isData, type, label }: Reference): Resource | undefined {
  const blocks = isData ? stack.lookUps : stack.resources;
  return blocks.find((block) => block.type === type && block.label === label);
}

/** A block that stands alone is a list of one to Terraform, and none in the JSON. */
function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((inner: unknown, step) => {
    if (typeof step === "number")
      return Array.isArray(inner) ? (inner[step] as unknown) : step === 0 ? inner : undefined;
    return isRecord(inner) ? inner[step] : undefined;
  }, value);
}
