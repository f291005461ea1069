import { addonsStack, dev, devOn, objectNamed, tenancyStack } from "../testing/platform";

const stack = addonsStack(devOn("fargate"));

describe("logs of pods on Fargate", () => {
  it("go to the log group that infra made, by what EKS reads in its own namespace", () => {
    expect(objectNamed(stack, "namespace", "aws-observability")).toMatchObject({
      metadata: { labels: { "aws-observability": "enabled", "pod-security.kubernetes.io/enforce": "restricted" } },
    });
    const { data, metadata } = objectNamed(stack, "config_map", "aws-logging");
    expect(metadata).toMatchObject({
      namespace: expect.stringContaining("kubernetes_namespace_v1.pod-logs_namespace"),
    });
    expect(data).toMatchObject({
      flb_log_cw: "false",
      "output.conf": expect.stringMatching(
        / {4}Name cloudwatch_logs\n.* {4}region ap-northeast-1\n {4}log_group_name \$\{data\..*podLogGroupName\}\n.* {4}auto_create_group false\n$/s,
      ),
      "filters.conf": expect.stringContaining("Parser crio"),
      "parsers.conf": expect.stringContaining("Name crio"),
    });
  });

  it("are on before any add-on's pod starts", () => {
    const releases = stack.resources("helm_release").filter(({ wait }) => wait === true);
    expect(releases.length).toBeGreaterThanOrEqual(3);
    for (const release of releases) {
      expect(release["depends_on"]).toContainEqual(expect.stringMatching(/^kubernetes_config_map_v1\.pod-logs_/));
    }
  });

  it.each(["managed-nodes", "auto-mode"] as const)("are a DaemonSet's to send on %s", (kind) => {
    expect(JSON.stringify(addonsStack(devOn(kind)).json)).not.toContain("aws-logging");
  });

  it("are no team's to send elsewhere: none may have that namespace", () => {
    const environment = { ...dev, teams: { ...dev.teams, "aws-observability": { roles: ["team/logs"] } } };
    expect(() => tenancyStack(environment)).toThrow(/team "aws-observability" cannot have a namespace of its name/);
  });
});
