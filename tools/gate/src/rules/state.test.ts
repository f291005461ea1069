import { findings } from "../testing/plan";
import { HOLDS_STATE } from "./state-holding";

it.each(Object.keys(HOLDS_STATE))("refuses to destroy or to replace %s", (type) => {
  const before = { name: "a" };
  expect(findings({ [`${type}.it`]: { before } }, "state")).toMatchObject([
    { address: `${type}.it`, verdict: "refused", reason: expect.stringContaining("would be destroyed") },
  ]);
  expect(findings({ [`${type}.it`]: { before, after: { name: "b" }, replacedBy: ["name"] } }, "state")).toMatchObject([
    { reason: expect.stringContaining("would be replaced (forced by name)") },
  ]);
});

it("takes the order of a replacement that makes the new one first for a replacement too", () => {
  const change = { before: { name: "a" }, after: { name: "b" }, actions: ["create", "delete"] };
  expect(findings({ "aws_sqs_queue.it": change }, "state")).toHaveLength(1);
});

it.each<[string, Parameters<typeof findings>[0]]>([
  ["a change in place", { "aws_db_instance.it": { before: { size: 1 }, after: { size: 2 } } }],
  ["a database that is made", { "aws_db_instance.it": { after: { size: 2 } } }],
  ["what Terraform forgets and AWS keeps", { "aws_db_instance.it": { before: { size: 1 }, actions: ["forget"] } }],
  ["a log group that the provider keeps", { "aws_cloudwatch_log_group.it": { before: { skip_destroy: true } } }],
  ["what holds nothing", { "aws_db_parameter_group.it": { before: { name: "a" } } }],
])("lets pass %s", (_, resources) => {
  expect(findings(resources, "state")).toEqual([]);
});

it("believes skip_destroy of those alone whose provider keeps them by it", () => {
  expect(findings({ "aws_s3_bucket.it": { before: { skip_destroy: true } } }, "state")).toHaveLength(1);
});

describe("a release of objects", () => {
  const values = (...kinds: readonly string[]) => ({
    values: [JSON.stringify({ objects: kinds.map((kind) => ({ kind, metadata: { name: "db", namespace: "pets" } })) })],
  });
  const release = "helm_release.app";

  it("is refused that drops a StatefulSet, changed or destroyed", () => {
    const before = values("StatefulSet", "Service");
    expect(findings({ [release]: { before, after: values("Service") } }, "state")).toMatchObject([
      { address: release, reason: "StatefulSet pets/db would be destroyed, and holds state" },
    ]);
    expect(findings({ [release]: { before } }, "state")).toHaveLength(1);
  });

  it("is refused as a manifest of its own too", () => {
    const manifest = { kind: "PersistentVolumeClaim", metadata: { name: "db" } };
    expect(findings({ "kubernetes_manifest.it": { before: { manifest } } }, "state")).toHaveLength(1);
  });

  it("passes that keeps it, and that drops what holds nothing", () => {
    const before = values("StatefulSet", "Service");
    expect(findings({ [release]: { before, after: values("StatefulSet") } }, "state")).toEqual([]);
  });

  it("is told without names where its values are sensitive", () => {
    const change = { before: values("StatefulSet"), after: values(), sensitive: { values: true } };
    expect(JSON.stringify(findings({ [release]: change }, "state"))).not.toContain("pets");
  });
});
