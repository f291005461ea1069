import { refusals } from "../../testing/admission";

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
