import { storefront } from "../testing/web-application";

const reason = "the image cannot do without it";
const tag = "registry.example.com/shop/storefront:1.4";

/** The Deployment with a default overridden. */
function deployed(...[changes]: Parameters<typeof storefront>) {
  return storefront(changes).resource("kubernetes_deployment_v1");
}

const container = (expected: object) => ({ spec: { template: { spec: { container: [expected] } } } });
const pod = (expected: object) => ({ spec: { template: { spec: expected } } });
const annotated = (name: string) => ({ metadata: { annotations: { [`overrides.demarc/${name}`]: reason } } });

describe("an override changes the one default, and its reason stands on the Deployment", () => {
  it("writablePaths", () => {
    const found = deployed({ overrides: { writablePaths: { paths: ["/tmp", "/var/log"], megabytes: 64, reason } } });
    expect(found).toMatchObject(annotated("writable-paths"));
    expect(found).toMatchObject(
      container({
        security_context: { read_only_root_filesystem: true },
        volume_mount: [
          { name: "tmp", mount_path: "/tmp" },
          { name: "var-log", mount_path: "/var/log" },
        ],
      }),
    );
    const disk = { "ephemeral-storage": "256Mi" };
    expect(found).toMatchObject(container({ resources: { requests: disk, limits: disk } }));
    const volume = ["tmp", "var-log"].map((name) => ({ name, empty_dir: { size_limit: "64Mi" } }));
    expect(found).toMatchObject(pod({ volume }));
  });

  it("writableRootFilesystem", () => {
    const found = deployed({ overrides: { writableRootFilesystem: { reason } } });
    expect(found).toMatchObject(annotated("writable-root-filesystem"));
    expect(found).toMatchObject(container({ security_context: { read_only_root_filesystem: false } }));
    expect(found).toMatchObject(container({ resources: { limits: { "ephemeral-storage": "1152Mi" } } }));
  });

  it("runAsUser", () => {
    const found = deployed({ overrides: { runAsUser: { uid: 1000, reason } } });
    expect(found).toMatchObject(annotated("run-as-user"));
    const context = { run_as_user: "1000", run_as_group: "1000", fs_group: "1000", run_as_non_root: true };
    expect(found).toMatchObject(pod({ security_context: context }));
  });

  it("mutableImageTag", () => {
    const found = deployed({ image: tag, overrides: { mutableImageTag: { reason } } });
    expect(found).toMatchObject(annotated("mutable-image-tag"));
    expect(found).toMatchObject(container({ image: tag, image_pull_policy: "Always" }));
  });

  it("singleReplica", () => {
    const found = deployed({ replicas: { min: 1, max: 1 }, overrides: { singleReplica: { reason } } });
    expect(found).toMatchObject(annotated("single-replica"));
    expect(found).toMatchObject({ spec: { replicas: "1" } });
  });

  it("noPauseBeforeStop", () => {
    const found = deployed({ stopSeconds: 12, overrides: { noPauseBeforeStop: { reason } } });
    expect(found).toMatchObject(annotated("no-pause-before-stop"));
    expect(found).not.toHaveProperty(["spec", "template", "spec", "container", 0, "lifecycle"]);
    expect(found).toMatchObject(pod({ termination_grace_period_seconds: 12 }));
  });
});

it("an app that overrides nothing has no exception", () => {
  expect(deployed()).not.toHaveProperty(["metadata", "annotations"]);
});
