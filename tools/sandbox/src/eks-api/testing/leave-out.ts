import { type Kind, labelOf, NEEDED_FIELDS, type NeededField } from "./needed-fields";

interface Place {
  readonly kinds: readonly Kind[];
  /** Path of the object in the answer. */
  readonly object: string;
  /** Path of the text that ends with the object's label. */
  readonly label: string;
}

/** By the operation with which Terraform reads a kind. */
const PLACES: Readonly<Record<string, Place>> = {
  DescribeCluster: { kinds: ["cluster", "autoModeCluster"], object: "cluster", label: "cluster.name" },
  DescribeNodegroup: { kinds: ["nodegroup"], object: "nodegroup", label: "nodegroup.nodegroupName" },
  DescribeFargateProfile: {
    kinds: ["fargateProfile"],
    object: "fargateProfile",
    label: "fargateProfile.fargateProfileName",
  },
  DescribeAddon: { kinds: ["addon"], object: "addon", label: "addon.clusterName" },
  DescribeAccessEntry: { kinds: ["accessEntry"], object: "accessEntry", label: "accessEntry.principalArn" },
  ListAssociatedAccessPolicies: {
    kinds: ["associatedAccessPolicy"],
    object: "associatedAccessPolicies.0",
    label: "principalArn",
  },
  DescribePodIdentityAssociation: {
    kinds: ["podIdentityAssociation"],
    object: "association",
    label: "association.serviceAccount",
  },
  DescribeIdentityProviderConfig: {
    kinds: ["identityProviderConfig"],
    object: "identityProviderConfig.oidc",
    label: "identityProviderConfig.oidc.clusterName",
  },
};

/** The answer without the field that its object's label names; any other answer as it is. */
export function leaveOutNeededField(operation: string, answer: unknown): unknown {
  const place = PLACES[operation];
  if (!place) return answer;
  const label = String(at(answer, place.label.split("."))).replace(/^.*\//, "");
  const needed = place.kinds
    .flatMap((kind) => NEEDED_FIELDS[kind].map((field: NeededField) => ({ field, label: labelOf(kind, field) })))
    .find((candidate) => candidate.label === label);
  if (!needed) return answer;
  const { field } = needed.field;
  return leaveOut(answer, field === "" ? place.object : `${place.object}.${field}`);
}

/**
 * A copy without what is at a path.
 *
 * @throws Error when nothing is there: leaving it out would prove nothing
 */
export function leaveOut(answer: unknown, path: string): unknown {
  const [first = "", ...rest] = path.split(".");
  const entries = typeof answer === "object" && answer !== null ? Object.entries(answer) : [];
  if (!entries.some(([name]) => name === first)) throw new Error(`the answer has no ${path}`);
  const left = entries.flatMap(([name, value]): [string, unknown][] => {
    if (name !== first) return [[name, value]];
    return rest.length === 0 ? [] : [[name, leaveOut(value, rest.join("."))]];
  });
  return Array.isArray(answer) ? left.map(([, value]) => value) : Object.fromEntries(left);
}

function at(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return value;
  const fields = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return at(fields.find(([name]) => name === first)?.[1], rest);
}
