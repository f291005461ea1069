import { storefront } from "../testing/web-application";

const reason = "the image cannot do without it";
const tag = "registry.example.com/shop/storefront:1.4";

/** The Deployment with a default overridden. */
function deployed(...[changes]: Parameters<typeof storefront>) {
  return storefront(changes).object("Deployment");
}

const container = (expected: object) => ({ spec: { template: { spec: { containers: [expected] } } } });
const pod = (expected: object) => ({ spec: { template: { spec: expected } } });
const annotated = (name: string) => ({ metadata: { annotations: { [`overrides.demarc/${name}`]: reason } } });

describe("an override changes the one default, and its reason stands on the Deployment", () => {
  it("writablePaths", () => {
    const found = deployed({ overrides: { writablePaths: { paths: ["/tmp", "/var/log"], megabytes: 64, reason } } });
    expect(found).toMatchObject(annotated("writable-paths"));
    expect(found).toMatchObject(
      container({
        securityContext: { readOnlyRootFilesystem: true },
        volumeMounts: [
          { name: "tmp", mountPath: "/tmp" },
          { name: "var-log", mountPath: "/var/log" },
        ],
      }),
    );
    const disk = { "ephemeral-storage": "256Mi" };
    expect(found).toMatchObject(container({ resources: { requests: disk, limits: disk } }));
    const volumes = ["tmp", "var-log"].map((name) => ({ name, emptyDir: { sizeLimit: "64Mi" } }));
    expect(found).toMatchObject(pod({ volumes }));
  });

  it("writableRootFilesystem", () => {
    const found = deployed({ overrides: { writableRootFilesystem: { reason } } });
    expect(found).toMatchObject(annotated("writable-root-filesystem"));
    expect(found).toMatchObject(container({ securityContext: { readOnlyRootFilesystem: false } }));
    expect(found).toMatchObject(container({ resources: { limits: { "ephemeral-storage": "1152Mi" } } }));
  });

  it("runAsUser", () => {
    const found = deployed({ overrides: { runAsUser: { uid: 1000, reason } } });
    expect(found).toMatchObject(annotated("run-as-user"));
    const context = { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, runAsNonRoot: true };
    expect(found).toMatchObject(pod({ securityContext: context }));
  });

  it("mutableImageTag", () => {
    const found = deployed({ image: tag, overrides: { mutableImageTag: { reason } } });
    expect(found).toMatchObject(annotated("mutable-image-tag"));
    expect(found).toMatchObject(container({ image: tag, imagePullPolicy: "Always" }));
  });

  it("singleReplica", () => {
    const stack = storefront({ replicas: { min: 1, max: 1 }, overrides: { singleReplica: { reason } } });
    expect(stack.object("Deployment")).toMatchObject(annotated("single-replica"));
    expect(stack.object("HorizontalPodAutoscaler")).toMatchObject({ spec: { minReplicas: 1 } });
  });

  it("noPauseBeforeStop", () => {
    const found = deployed({ stopSeconds: 12, overrides: { noPauseBeforeStop: { reason } } });
    expect(found).toMatchObject(annotated("no-pause-before-stop"));
    expect(found).not.toHaveProperty(["spec", "template", "spec", "containers", 0, "lifecycle"]);
    expect(found).toMatchObject(pod({ terminationGracePeriodSeconds: 12 }));
  });
});

it("an app that overrides nothing has no exception", () => {
  expect(deployed()).not.toHaveProperty(["metadata", "annotations"]);
});
