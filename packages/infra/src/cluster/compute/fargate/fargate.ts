import type { Environment, Problem } from "@demarc/shared/environment";
import { routersOf } from "@demarc/shared/exposure";
import type { Compute } from "../compute";
import { addOnVersionProblems } from "../versions";
import { FargateProfiles } from "./profiles";
import { PodSecurityGroups } from "./security-groups";
import { selectedNamespaces, selectsNamespace } from "./selectors";
import type { FargateSettings } from "./settings";

/** Pods on Fargate: profiles say which, and there are no nodes to keep. */
export function fargate(settings: FargateSettings): Compute {
  return {
    kind: settings.kind,
    // Each pod takes an address; how many there will be hangs from the teams' quotas.
    fullGroups: [],
    zones: Object.entries(settings.profiles).map(([name, { zones = [] }]) => ({
      path: ["profiles", name, "zones"],
      zones,
    })),
    problems: (environment, version) => [
      ...profileProblems(environment, settings),
      ...addOnVersionProblems(settings.addOnVersions, version),
    ],
    prepare: (scope) => ({
      controlPlane: {},
      add: (props) => {
        new FargateProfiles(scope, "fargate", { ...props, settings });
        const groups = new PodSecurityGroups(scope, "pod-groups", props);
        return {
          podNamespaces: selectedNamespaces(settings),
          podSecurityGroupId: groups.shared,
          teamSecurityGroupIds: groups.ofTeams,
        };
      },
    }),
  };
}

/** A pod that no profile selects waits for ever: there is no other machine for it. */
function profileProblems({ teams, exposures }: Environment, settings: FargateSettings): Problem[] {
  const needed = ["kube-system", ...routersOf(exposures).map(({ namespace }) => namespace), ...Object.keys(teams)];
  const left = needed.filter((namespace) => !selectsNamespace(settings, namespace));
  if (left.length === 0) return [];
  const message = `must select all pods of kube-system, of a router such as Traefik and of each team's namespace, and ${left.join(", ")} ${left.length === 1 ? "is" : "are"} left; name them in a selector without labels, or take a pattern such as team-*`;
  return [{ path: "profiles", message }];
}
