import { appKinds } from "@demarc/shared/exposure";
import { z } from "zod";
import { refusals } from "../../testing/admission";
import { tenancyStack } from "../../testing/platform";

/** In the namespace of a team: a reference, whose construct is named after the team. */
const named = z.object({ name: z.string(), namespace: z.string().includes("_namespace_v1.team-") });

describe("an object of the platform's in a team's namespace", () => {
  const platforms = { metadata: { name: "default-deny", labels: { "demarc/owner": "k8s-platform" } } };
  const own = { metadata: { name: "mine", labels: { app: "petstore" } } };

  it("cannot be changed or deleted by a team", () => {
    expect(refusals("platform-objects", { oldObject: platforms })).toEqual([expect.stringContaining("the platform's")]);
    expect(refusals("platform-objects", { oldObject: platforms, object: own })).toHaveLength(1);
  });

  it("can be by the platform's team and by the cluster's own controllers", () => {
    for (const groups of [["demarc:platform", "system:authenticated"], ["system:serviceaccounts"], []]) {
      expect(refusals("platform-objects", { oldObject: platforms, groups })).toEqual([]);
    }
  });

  it("is none of the team's own objects", () => {
    expect(refusals("platform-objects", { oldObject: own })).toEqual([]);
    expect(refusals("platform-objects", { oldObject: { metadata: { name: "bare" } } })).toEqual([]);
  });
});

describe("a name of the platform's in a team's namespace", () => {
  const stack = tenancyStack();
  const plurals = new Map(appKinds.map(({ terraform, plural }) => [`kubernetes_${terraform ?? ""}_v1`, plural]));
  /** What the platform makes in teams' namespaces, of the kinds that teams may make. */
  const made = [...plurals].flatMap(([type, resource]) =>
    stack
      .resources(type)
      .flatMap(({ metadata }) => named.safeParse(metadata).data ?? [])
      .map(({ name }) => [resource, name] as const),
  );

  it("is found of ConfigMaps and NetworkPolicies", () => {
    expect(made).toEqual(expect.arrayContaining([["configmaps", "database-ca"]]));
    expect(made).toEqual(expect.arrayContaining([["networkpolicies", "default-deny"]]));
  });

  it.each(made)("cannot be taken by a team: %s %s", (resource, name) => {
    const object = { metadata: { name } };
    expect(refusals("platform-names", { object, resource })).toEqual([expect.stringContaining("take another name")]);
    expect(refusals("platform-names", { object, resource, groups: ["demarc:platform"] })).toEqual([]);
  });

  it("is none of another kind, and no other name", () => {
    expect(refusals("platform-names", { object: { metadata: { name: "default-deny" } } })).toEqual([]);
    const object = { metadata: { name: "petstore" } };
    expect(refusals("platform-names", { object, resource: "networkpolicies" })).toEqual([]);
  });
});

describe("labels and annotations of the platform's", () => {
  const made = (metadata: object) => ({ metadata: { name: "mine", ...metadata } });
  const platforms = { "demarc/owner": "k8s-platform" };
  const other = { app: "petstore" };

  it.each<[string, { object: unknown; oldObject?: unknown }]>([
    ["made with the owner's label", { object: made({ labels: platforms }) }],
    ["made with the label of somebody else", { object: made({ labels: { "demarc/owner": "pets" } }) }],
    ["made with a label that means nothing yet", { object: made({ labels: { "demarc/anything": "" } }) }],
    ["given the label", { oldObject: made({ labels: other }), object: made({ labels: { ...other, ...platforms } }) }],
    ["given it where there was no label", { oldObject: made({}), object: made({ labels: platforms }) }],
    [
      "given another value",
      { oldObject: made({ labels: platforms }), object: made({ labels: { "demarc/owner": "me" } }) },
    ],
    ["robbed of the label", { oldObject: made({ labels: platforms }), object: made({}) }],
  ])("an object cannot be %s by a team", (_, request) => {
    expect(refusals("platform-labels", request)).toEqual([
      expect.stringContaining("labels demarc/… are the platform's"),
    ]);
  });

  it.each<[string, { object: unknown; oldObject?: unknown }]>([
    ["made with one", { object: made({ annotations: { "demarc/owner": "me" } }) }],
    ["robbed of one", { oldObject: made({ annotations: { "demarc/owner": "me" } }), object: made({}) }],
    ["made with what once excused an image", { object: made({ annotations: { "demarc/exception-image": "why" } }) }],
  ])("an object cannot be %s of the annotations", (_, request) => {
    expect(refusals("platform-labels", request)).toEqual([expect.stringContaining("annotations demarc/…")]);
  });

  it("stay as they are through a change of something else", () => {
    const labels = platforms;
    const annotations = { "overrides.demarc/run-as-user": "an app's note of its own" };
    const changed = { object: made({ labels, annotations }), oldObject: made({ labels }) };
    expect(refusals("platform-labels", changed)).toEqual([]);
    expect(refusals("platform-labels", { object: changed.oldObject, oldObject: changed.object })).toEqual([]);
    expect(refusals("platform-labels", { object: made({ labels: { "team.example.com/demarc": "x" } }) })).toEqual([]);
  });

  it("are the platform's own to write", () => {
    const groups = ["demarc:platform"];
    expect(refusals("platform-labels", { object: made({ labels: platforms }), groups })).toEqual([]);
  });
});
