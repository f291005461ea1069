import { cel } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";
import { forOwnTeam } from "./team-rules";
import { podPolicy } from "./workloads";

const COMPONENT = "[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*";
const TAG = "[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}";
/** Registry, path, perhaps a tag, and a digest: one way to write each image, so that a list can be compared with it. */
const PINNED = `^[a-z0-9.-]+(:[0-9]+)?(/${COMPONENT})+(:${TAG})?@sha256:[0-9a-f]{64}$`;

/**
 * An image is the one that was reviewed, from where the company takes images: a tag can be moved to another image by whoever may
 * push. Only the platform makes exceptions, in its settings; an annotation of the team's own is a note and no permission.
 */
export function images({ workloads: { registries, teams } }: PolicyContext): AdmissionPolicy {
  const listed = `^(${registries.map(literal).join("|")})/`;
  const excused = forOwnTeam(teams, ({ mutableImages }) =>
    mutableImages.length === 0 ? "false" : `image.matches(${cel(`^(${mutableImages.map(exception).join("|")})$`)})`,
  );
  return podPolicy(
    "images",
    [
      {
        expression: `variables.images.all(image, image.matches(${cel(PINNED)}) || ${excused})`,
        message:
          "an image must name its registry (docker.io/library/postgres, not postgres) and end with its digest, @sha256:<64 hex digits>: a tag can be moved to another image; where there is no digest, ask the owners of k8s-platform to list the image in their settings, tenancy.teams.<team>.mutableImages",
      },
      {
        expression: `variables.images.all(image, image.matches(${cel(listed)}) || ${excused})`,
        message: `images come from ${registries.join(", ")}; mirror this one there, or ask the owners of k8s-platform to list its registry in their settings, tenancy.registries`,
      },
    ],
    [
      {
        name: "containers",
        expression: `variables.pod.containers + ${listIn("initContainers")} + ${listIn("ephemeralContainers")}`,
      },
      {
        name: "images",
        expression: `variables.containers.map(it, it.image) + ${listIn("volumes")}.filter(it, has(it.image) && has(it.image.reference)).map(it, it.image.reference)`,
      },
    ],
  );
}

function listIn(field: string): string {
  return `(has(variables.pod.${field}) ? variables.pod.${field} : [])`;
}

/** An exact reference, or with ":*" at its end any tag of a repository. */
function exception({ image }: { readonly image: string }): string {
  return image.endsWith(":*") ? `${literal(image.slice(0, -2))}:${TAG}` : literal(image);
}

/** What an address may have that means something else in a regular expression is the dot alone. */
function literal(text: string): string {
  return text.replaceAll(".", "[.]");
}
