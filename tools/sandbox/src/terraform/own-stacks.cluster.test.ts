import { judge } from "../audit/finding";
import { kubeScoreProgram, scoredObjects, scores } from "../audit/kube-score";
import { kubeScoreExceptions } from "../audit/kube-score-exceptions";
import { kinds } from "../controllers/kubernetes/kinds";
import { eventually } from "../kubernetes/testing/eventually";
import { findGo } from "../go/go";
import { goModules } from "../go/modules";
import { LAYOUT } from "../kubernetes/testing/running-control-plane";
import { type ClusterWithTerraform, clusterWithTerraform } from "./testing/cluster-with-terraform";
import { kubernetesPartOf } from "./testing/own-stacks";
import type { StandInTerraform } from "./testing/stand-in-terraform";

let cluster: ClusterWithTerraform;
const deployed = new Map<string, { readonly terraform: StandInTerraform; readonly stack: object }>();

beforeAll(async () => {
  cluster = await clusterWithTerraform();
});

afterAll(() => cluster.stop());

const PETSTORE = { namespace: "pets", name: "petstore" };

/** The Deployment, once that many of its pods are ready. */
function withReadyPods(of: { readonly namespace: string; readonly name: string }, pods: number) {
  return eventually(
    () => cluster.kubernetes.get(kinds.deployments, of),
    (deployment) => deployment?.status?.readyReplicas === pods,
  );
}

describe("the stand-ins for Terraform's providers", () => {
  it("deploy this project's tenancy and apps, and find nothing to change afterwards", async () => {
    for (const [project, name] of [
      ["k8s-platform", "dev-a-tenancy"],
      ["apps/petstore", "dev-a-petstore"],
      ["apps/storefront", "dev-a-storefront"],
    ] as const) {
      const terraform = await cluster.another();
      const stack = await kubernetesPartOf(project, name);
      terraform.write("stack", stack);
      expect(await terraform.demand("apply", "-auto-approve")).toContain("Apply complete");
      expect(await terraform.plan()).toMatchObject({ exitCode: 0 });
      deployed.set(name, { terraform, stack });
    }
  });

  it.each([PETSTORE, { namespace: "shop", name: "storefront" }])(
    "run as many pods of $name as its autoscaler wants, which need no program to wait before they stop",
    async (app) => {
      const running = await withReadyPods(app, 2);
      const [container] = running?.spec.template.spec?.containers ?? [];
      expect(container?.lifecycle).toEqual({ preStop: { sleep: { seconds: 30 } } });
    },
  );

  it("make nothing that kube-score finds fault with and nobody has reviewed", async () => {
    const go = await findGo(goModules(), process.env);
    if ("lacking" in go) throw new Error(go.lacking);
    const objects = await scoredObjects(cluster.kubernetes);
    const found = await scores(kubeScoreProgram(LAYOUT, go).binary("kube-score"), objects, "1.35");
    const stacks = objects.map(({ metadata }) => metadata.namespace ?? "");
    expect(judge(found, kubeScoreExceptions, { environment: "dev", stacks })).toEqual({ unreviewed: [], stale: [] });
  });

  it("leave the number of pods to whoever changed it, when an app is released again", async () => {
    await cluster.kubernetes.patch(kinds.deployments, PETSTORE, { spec: { replicas: 3 } });
    await withReadyPods(PETSTORE, 3);
    const { terraform, stack } = deployed.get("dev-a-petstore") ?? {};
    const changed = JSON.stringify(stack).replaceAll(
      String.raw`\"failureThreshold\":3`,
      String.raw`\"failureThreshold\":4`,
    );
    expect(changed).not.toBe(JSON.stringify(stack));
    terraform?.write("stack", JSON.parse(changed) as object);
    expect(await terraform?.demand("apply", "-auto-approve")).toContain("1 changed");
    expect((await cluster.kubernetes.get(kinds.deployments, PETSTORE))?.spec.replicas).toBe(3);
  });
});
