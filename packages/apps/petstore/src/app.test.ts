import { environmentNamed } from "@demarc/shared/environment";
import { synthesized } from "@demarc/shared/testing";
import { build } from "./stacks";

const dev = environmentNamed("dev");

/** The stack in cluster a of dev. */
function petstore() {
  const stack = synthesized(build, dev)["dev-a-petstore"];
  if (stack === undefined) throw new Error("dev has no petstore");
  return stack;
}

it("is what requirement S1.4 asks for", () => {
  expect(petstore().resource("kubernetes_deployment_v1")).toMatchObject({
    spec: {
      replicas: "2",
      template: {
        spec: {
          container: [
            {
              image: expect.stringMatching(/^docker\.io\/swaggerapi\/petstore3@sha256:[a-f0-9]{64}$/),
              port: [{ name: "http", container_port: 8080 }],
              resources: {
                requests: { cpu: "100m", memory: "256Mi" },
                limits: { cpu: "500m", memory: "512Mi" },
              },
            },
          ],
        },
      },
    },
  });
});

it("runs as a user by number and writes its logs, by exceptions that say why", () => {
  const found = petstore().resource("kubernetes_deployment_v1");
  expect(found["metadata"]).toMatchObject({
    annotations: {
      "overrides.demarc/run-as-user": expect.stringContaining("sets no user"),
      "overrides.demarc/writable-paths": expect.stringContaining("/var/log"),
    },
  });
  expect(found).toMatchObject({
    spec: {
      template: {
        spec: {
          security_context: { run_as_user: "10001", run_as_non_root: true },
          container: [
            {
              security_context: { read_only_root_filesystem: true },
              volume_mount: [{ mount_path: "/var/log" }, { mount_path: "/tmp" }],
            },
          ],
        },
      },
    },
  });
});

it("asks nothing of AWS", () => {
  expect(petstore().resources("aws_iam_role")).toEqual([]);
});

it("is in every cluster of an environment", () => {
  const second = { version: "1.35", compute: { kind: "managed-nodes" as const } };
  const stacks = synthesized(build, { ...dev, clusters: { ...dev.clusters, b: second } });
  expect(Object.keys(stacks)).toEqual(["dev-a-petstore", "dev-b-petstore"]);
});
