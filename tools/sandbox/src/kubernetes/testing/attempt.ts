import type { Written } from "../../controllers/kubernetes/client";
import { examples, metadata, traefikOthers } from "./team-objects";

/** What refuses an attempt. */
export interface Refusal {
  /** The name of a policy, or what Kubernetes itself answers. */
  readonly refusedBy: string;
  /** A part of the message that only one rule of the policy has. @default none: the policy has one rule */
  readonly says?: string;
}

/** Something that a team tries, and what refuses it. */
export interface Attempt extends Refusal {
  readonly name: string;
  readonly plural: string;
  /** What of the object is asked for instead of itself. @default nothing */
  readonly subresource?: string;
  /** Made, applied server-side, put in an object's place, merged into it, or deleted. */
  readonly how: "create" | "apply" | "replace" | "patch" | "delete";
  /** The whole object; where it is put in another's place or merged into it, what it changes of that. */
  readonly object: Written;
  /** What the platform made before it. @default the kind's example; nothing where it is made or applied */
  readonly before?: Written;
}

/** An owner that waits for what it owns. It need not exist. */
export const HELD_OWNER = { apiVersion: "v1", kind: "Namespace", name: "pets", uid: "0", blockOwnerDeletion: true };

/** The object of a kind to make attempts from. */
export function exampleOf(plural: string): Written {
  const example = examples[plural] ?? traefikOthers[plural];
  if (example === undefined) throw new Error(`there is no example of ${plural}`);
  return example;
}

/** The ways in which a change of metadata can come, for a kind. */
export function withMetadata(plural: string, name: string, more: object, refusal: Refusal): Attempt[] {
  const example = exampleOf(plural);
  const whole = { ...example, metadata: { ...example.metadata, ...more } };
  const part = { metadata: { ...metadata, ...more } };
  return [
    ...(["create", "apply"] as const).map((how) => ({ name, plural, how, object: whole, ...refusal })),
    ...(["replace", "patch"] as const).map((how) => ({ name, plural, how, object: part, ...refusal })),
  ];
}

/** The ways in which a spec can come, for a kind whose spec can be changed. */
export function withSpec(plural: string, name: string, spec: object, refusal: Refusal): Attempt[] {
  const object = { ...exampleOf(plural), metadata, spec };
  return (["create", "apply", "replace", "patch"] as const).map((how) => ({ name, plural, how, object, ...refusal }));
}
