import type { AdmissionPolicy, PolicyContext } from "./policy";
import { byTeam, madeOf, watchedKinds } from "./team-kinds";

/**
 * Nobody of a team holds an object of the platform's: one that is deleted in the foreground, or a namespace, waits for what names it
 * as an owner with `blockOwnerDeletion`, and a finalizer makes that wait for ever. EKS does not run the admission plugin
 * OwnerReferencesPermissionEnforcement, which would ask for rights on the owner. Without the field an owner is let go at once.
 */
export function ownerReferences(context: PolicyContext): AdmissionPolicy {
  const blocks = (it: string) => `has(${it}.blockOwnerDeletion) && ${it}.blockOwnerDeletion`;
  const listIn = (object: string) =>
    `${object} != null && has(${object}.metadata.ownerReferences) ? ${object}.metadata.ownerReferences : []`;
  return {
    name: "demarc-owner-references",
    resources: watchedKinds(context),
    operations: ["CREATE", "UPDATE"],
    variables: [
      byTeam(context),
      { name: "references", expression: listIn("object") },
      { name: "oldReferences", expression: listIn("oldObject") },
      ...madeOf,
    ],
    rules: [
      {
        // What a controller has given an object stays there when its team changes something else.
        expression: `!variables.byTeam || variables.references.all(it, !(${blocks("it")}) || variables.oldReferences.exists(old, old.uid == it.uid && ${blocks("old")}))`,
        message:
          "an owner reference with blockOwnerDeletion: true keeps its owner, which may be the platform's, from being deleted; leave blockOwnerDeletion out",
      },
      {
        expression: `!variables.byTeam || variables.made.all(made, !has(made.ownerReferences) || !made.ownerReferences.exists(it, ${blocks("it")}))`,
        message:
          "a template must not give pods, Jobs or volume claims an owner reference with blockOwnerDeletion: true: it keeps their owner from being deleted; leave it out",
      },
    ],
  };
}
