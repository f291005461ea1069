import type { Context } from "../context";
import { addAssociation } from "../pod-identity";
import type { ClusterRecord } from "../store";
import { ADDON_NAMESPACE } from "./catalog";

/** A service account of an add-on, and the role that it gets. */
export interface AddonIdentity {
  readonly serviceAccount: string;
  readonly roleArn: string;
}

/**
 * Makes an add-on's pod identity associations be exactly these: the rest that it owns is deleted. Answers their ARNs, in
 * order, as the add-on lists them.
 */
export function setIdentities(
  context: Context,
  record: ClusterRecord,
  addonArn: string,
  identities: readonly AddonIdentity[],
): string[] {
  const { podIdentityAssociations } = record;
  const owned = podIdentityAssociations.values().filter(({ ownerArn }) => ownerArn === addonArn);
  const wanted = new Set(identities.map(({ serviceAccount }) => serviceAccount));
  for (const { serviceAccount = "", associationId } of owned) {
    if (!wanted.has(serviceAccount)) podIdentityAssociations.delete(associationId);
  }
  return identities.map(({ serviceAccount, roleArn }) => {
    const known = owned.find((association) => association.serviceAccount === serviceAccount);
    const asked = { namespace: ADDON_NAMESPACE, serviceAccount, roleArn, ownerArn: addonArn };
    const association = known ?? addAssociation(context, record, asked);
    association.roleArn = roleArn;
    return association.associationArn ?? "";
  });
}
