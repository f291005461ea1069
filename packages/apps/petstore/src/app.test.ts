import { dev, devWith, itTakesNamesOnly, synthesized } from "@demarc/shared/testing";
import { petstore as workspace } from "./app";
import { buildFrom } from "./stacks";

const environment = devWith(workspace.team(dev));
const image = `registry.example.com/petstore@sha256:${"0".repeat(64)}`;
const files = { dev: { image, replicas: { min: 2, max: 4 } } };
const build = buildFrom(files);

itTakesNamesOnly(buildFrom, files, [environment]);

/** The stack in the fixture's cluster a. */
function petstore() {
  const stack = synthesized(build, environment)["dev-a-petstore"];
  if (stack === undefined) throw new Error("dev has no petstore");
  return stack;
}

it("is what requirement S1.4 asks for", () => {
  expect(petstore().object("Deployment")).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            {
              image,
              ports: [{ name: "http", containerPort: 8080 }],
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
  const found = petstore().object("Deployment");
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
          securityContext: { runAsUser: 10001, runAsNonRoot: true },
          containers: [
            {
              securityContext: { readOnlyRootFilesystem: true },
              volumeMounts: [{ mountPath: "/var/log" }, { mountPath: "/tmp" }],
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
  const stacks = synthesized(build, { ...environment, clusters: { ...environment.clusters, b: second } });
  expect(Object.keys(stacks)).toEqual(["dev-a-petstore", "dev-b-petstore"]);
});
