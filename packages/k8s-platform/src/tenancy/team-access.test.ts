import type { Environment } from "@demarc/shared/environment";
import { everyExposure, SynthesizedStack } from "@demarc/shared/testing";
import { TerraformStack, Testing } from "cdktf";
import { z } from "zod";
import { CONTEXT } from "../testing/admission";
import { objectNamed } from "../testing/platform";
import { policies } from "./policies";
import { TeamAccess } from "./team-access";

/** Those look at the metadata of every kind, and at nothing that is a kind's own. */
const ofMetadata = [
  "controller-annotations",
  "owner-references",
  "platform-labels",
  "platform-names",
  "platform-objects",
];

/** What a team may write and no policy looks at, each with the reason why none has to. */
const unwatched: Readonly<Record<string, string>> = {
  configmaps: "pods of its own namespace alone read it; their number is in the quota",
  persistentvolumeclaims: "number and size are in the quota; a volume that is or was another claim's names that claim",
  serviceaccounts: "a role says whom it trusts, whatever an annotation says; RBAC binds no rights to it",
  "horizontalpodautoscalers.autoscaling": "it scales workloads of its own namespace, whose pods are in the quota",
};

const roleRules = z.array(
  z.object({ api_groups: z.array(z.string()), resources: z.array(z.string()), verbs: z.array(z.string()) }),
);

const named = (group: string, plural: string) => (group === "" ? plural : `${plural}.${group}`);

/** What a team, or what plans its apps, may do. @param name of the Role */
function rulesOf(exposures: Environment["exposures"], name: "team" | "plan") {
  const stack = new TerraformStack(Testing.app(), "stack");
  new TeamAccess(stack, "access", { team: "pets", namespace: "pets", exposures, exec: false, after: [] });
  const synthesized = new SynthesizedStack("stack", JSON.parse(Testing.synth(stack)) as Record<string, unknown>);
  return roleRules.parse(objectNamed(synthesized, "role", name)["rule"]);
}

/** Every kind that a team may make or change, by its name in a quota. */
function written(exposures: Environment["exposures"]): string[] {
  return rulesOf(exposures, "team")
    .filter(({ verbs }) => ["create", "update", "patch"].some((verb) => verbs.includes(verb)))
    .flatMap(({ api_groups, resources }) => api_groups.flatMap((group) => resources.map((it) => named(group, it))));
}

/** Every kind of which a policy reads more than its metadata. */
function watched(exposures: Environment["exposures"]): string[] {
  const context = { ...CONTEXT, exposures };
  return policies(context)
    .filter(({ name }) => !ofMetadata.some((of) => name === `demarc-${of}`))
    .flatMap(({ resources }) => resources.flatMap(({ group, plurals }) => plurals.map((it) => named(group, it))));
}

describe.each(everyExposure)("a kind that a team may write where apps are reached by %s", (_, exposures) => {
  it("is looked at by a policy, or needs none for a reason", () => {
    const open = written(exposures).filter((kind) => !watched(exposures).includes(kind));
    expect(open.sort()).toEqual(Object.keys(unwatched).sort());
  });

  it("is read by what plans the team's apps, which writes nothing", () => {
    const kinds = (name: "team" | "plan", verb: string) =>
      rulesOf(exposures, name)
        .filter(({ verbs }) => verbs.includes(verb))
        .flatMap(({ api_groups, resources }) => api_groups.flatMap((group) => resources.map((it) => named(group, it))));
    expect(kinds("plan", "get").sort()).toEqual(kinds("team", "create").sort());
    expect(new Set(rulesOf(exposures, "plan").flatMap(({ verbs }) => verbs))).toEqual(
      new Set(["get", "list", "watch"]),
    );
  });
});
