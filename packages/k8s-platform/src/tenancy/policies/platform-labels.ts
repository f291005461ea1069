import { type AdmissionPolicy, type PolicyContext } from "./policy";
import { byTeam, metadataBeforeAndAfter, teamKinds, unchanged } from "./team-kinds";

/** What labels and annotations begin with that mean something to the platform. */
const PREFIX = "demarc/";

/** Nobody of a team makes an object the platform's, or no longer the platform's: a name that the platform wants would be taken. */
export function platformLabels(context: PolicyContext): AdmissionPolicy {
  const same = (field: string) => {
    const [now, before] = [`variables.${field}`, `variables.old${field.charAt(0).toUpperCase()}${field.slice(1)}`];
    const all = (from: string) => `${from}.all(key, !key.startsWith('${PREFIX}') || ${unchanged("key", now, before)})`;
    return `${all(now)} && ${all(before)}`;
  };
  return {
    name: "demarc-platform-labels",
    resources: teamKinds(context),
    operations: ["CREATE", "UPDATE"],
    variables: [byTeam(context), ...metadataBeforeAndAfter],
    rules: [
      {
        expression: `!variables.byTeam || (${same("labels")})`,
        message: `labels ${PREFIX}… are the platform's; leave them as they are`,
      },
      {
        expression: `!variables.byTeam || (${same("annotations")})`,
        message: `annotations ${PREFIX}… are the platform's; leave them as they are`,
      },
    ],
  };
}
