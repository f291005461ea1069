import { CA_CONFIG_MAP } from "../../database/certificate-authorities";
import { ALLOW_DNS, DEFAULT_DENY } from "../namespace";
import { celList } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";
import { byTeam } from "./team-kinds";

/** What the platform has, or is going to have, in a team's namespace of the kinds that a team may make: names by plural. */
const names: Readonly<Record<string, { readonly group: string; readonly names: readonly string[] }>> = {
  configmaps: { group: "", names: [CA_CONFIG_MAP] },
  networkpolicies: { group: "networking.k8s.io", names: [ALLOW_DNS, DEFAULT_DENY] },
};

/**
 * Nobody of a team takes a name that the platform wants: the API server would refuse the platform's object, and its deploy would fail,
 * with what all other teams wait for.
 */
export function platformNames(context: PolicyContext): AdmissionPolicy {
  const taken = Object.entries(names).flatMap(([plural, of]) => of.names.map((name) => `${plural}/${name}`));
  return {
    name: "demarc-platform-names",
    resources: Object.entries(names).map(([plural, { group }]) => ({ group, plurals: [plural] })),
    operations: ["CREATE"],
    variables: [byTeam(context)],
    rules: [
      {
        expression: `!variables.byTeam || !has(object.metadata.name) || !(request.resource.resource + '/' + object.metadata.name in ${celList(taken)})`,
        message: `${taken.join(", ")} are names of the platform's own objects in a team's namespace; take another name`,
      },
    ],
  };
}
