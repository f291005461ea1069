import type { Tags } from "./aws";

/** Whose the things are that a controller makes in AWS: it finds them again by these tags, and by nothing else. */
export class Ownership {
  constructor(
    private readonly clusterTag: string,
    private readonly cluster: string,
    /** e.g. ingress.k8s.aws */
    private readonly prefix: string,
    /** Group of Ingresses, or Service. */
    readonly stack: string,
  ) {}

  /** Tags of one thing. @param resource what it is within the stack, e.g. LoadBalancer */
  tagsOf(resource: string): Record<string, string> {
    return { [this.clusterTag]: this.cluster, [`${this.prefix}/stack`]: this.stack, [this.#resourceTag]: resource };
  }

  owns(tags: Tags): boolean {
    return tags[this.clusterTag] === this.cluster && tags[`${this.prefix}/stack`] === this.stack;
  }

  /** What a thing with these tags is within the stack. */
  resourceOf(tags: Tags): string | undefined {
    return tags[this.#resourceTag];
  }

  get #resourceTag(): string {
    return `${this.prefix}/resource`;
  }
}
