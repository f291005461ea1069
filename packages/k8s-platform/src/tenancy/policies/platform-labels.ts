import type { AdmissionPolicy, PolicyContext } from "./policy";
import { byTeam, madeOf, metadataBeforeAndAfter, noneMade, unchanged, watchedKinds } from "./team-kinds";

/** What labels and annotations begin with that mean something to the platform. */
const PREFIX = "demarc/";

/**
 * Nobody of a team makes an object the platform's, or no longer the platform's: a name that the platform wants would be taken. Nor
 * has anybody a controller make one.
 */
export function platformLabels(context: PolicyContext): AdmissionPolicy {
  const platforms = `key.startsWith('${PREFIX}')`;
  const same = (field: string) => {
    const [now, before] = [`variables.${field}`, `variables.old${field.charAt(0).toUpperCase()}${field.slice(1)}`];
    const all = (from: string) => `${from}.all(key, !${platforms} || ${unchanged("key", now, before)})`;
    return `${all(now)} && ${all(before)}`;
  };
  return {
    name: "demarc-platform-labels",
    resources: watchedKinds(context),
    operations: ["CREATE", "UPDATE"],
    variables: [byTeam(context), ...metadataBeforeAndAfter, ...madeOf],
    rules: [
      {
        expression: `!variables.byTeam || (${same("labels")})`,
        message: `labels ${PREFIX}… are the platform's; leave them as they are`,
      },
      {
        expression: `!variables.byTeam || (${same("annotations")})`,
        message: `annotations ${PREFIX}… are the platform's; leave them as they are`,
      },
      {
        expression: `!variables.byTeam || (${noneMade("labels", platforms)} && ${noneMade("annotations", platforms)})`,
        message: `labels and annotations ${PREFIX}… are the platform's, and a template must not give them to pods, Jobs or volume claims; leave them out`,
      },
    ],
  };
}
