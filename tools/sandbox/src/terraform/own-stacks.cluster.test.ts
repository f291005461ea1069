import { type ClusterWithTerraform, clusterWithTerraform } from "./testing/cluster-with-terraform";
import { kubernetesPartOf } from "./testing/own-stacks";

let cluster: ClusterWithTerraform;

beforeAll(async () => {
  cluster = await clusterWithTerraform();
});

afterAll(() => cluster.stop());

describe("the stand-in for the Kubernetes provider", () => {
  it("deploys this project's tenancy and apps, and finds nothing to change afterwards", async () => {
    for (const [project, stack] of [
      ["k8s-platform", "dev-a-tenancy"],
      ["apps/petstore", "dev-a-petstore"],
      ["apps/storefront", "dev-a-storefront"],
    ] as const) {
      const terraform = await cluster.another();
      terraform.write("stack", await kubernetesPartOf(project, stack));
      expect(await terraform.demand("apply", "-auto-approve")).toContain("Apply complete");
      expect(await terraform.plan()).toMatchObject({ exitCode: 0 });
    }
  });
});
