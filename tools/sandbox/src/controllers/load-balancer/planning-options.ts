import type { Service } from "../kubernetes/kinds";

/** What a plan of Ingresses is made from, beside them. */
export interface PlanningOptions {
  readonly cluster: string;
  readonly services: readonly Service[];
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Of Ingresses and Services that say nothing else. */
  readonly defaultTargetType: string;
  readonly defaultScheme: "internal" | "internet-facing";
}
