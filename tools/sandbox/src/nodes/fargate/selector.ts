import type { FargateProfile, FargateProfileSelector } from "@aws-sdk/client-eks";
import type { Pod } from "../../controllers/kubernetes/kinds";

/** Names the profile, where several select a pod; on a pod that runs on Fargate, the one that it has. */
export const PROFILE_LABEL = "eks.amazonaws.com/fargate-profile";

type Profile = Pick<FargateProfile, "fargateProfileName" | "selectors">;

/**
 * The profile whose selectors match a pod: the one that the pod's label names, else the first in alphabetical order; undefined
 * when there is none (EKS User Guide, "Define which Pods use AWS Fargate").
 */
export function profileOf<P extends Profile>({ metadata }: Pod, profiles: readonly P[]): P | undefined {
  const { namespace = "", labels = {} } = metadata;
  const matching = profiles
    .filter(({ selectors = [] }) => selectors.some((selector) => selects(selector, namespace, labels)))
    .sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  return matching.find((profile) => nameOf(profile) === labels[PROFILE_LABEL]) ?? matching[0];
}

function selects(
  selector: FargateProfileSelector,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    matches(selector.namespace ?? "", namespace) &&
    Object.entries(selector.labels ?? {}).every(([key, wanted]) => matches(wanted, labels[key]))
  );
}

/** `*` stands for any text, `?` for any one character. */
function matches(pattern: string, text: string | undefined): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return text !== undefined && new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
}

function nameOf({ fargateProfileName = "" }: Profile): string {
  return fargateProfileName;
}
