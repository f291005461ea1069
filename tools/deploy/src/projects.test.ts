import { deployableProjects, projectNamed, projectsNamed } from "./projects";
import { repositoryOf } from "./testing/repository";

const root = repositoryOf({
  "packages/apps/shop": "node app",
  "packages/apps/petstore": "node app",
  "packages/k8s-platform": "node app",
  "packages/infra": "npx tsx src/main.ts",
});

it("puts projects in the order in which they are deployed", () => {
  expect(deployableProjects(root).map(({ name, kind }) => [name, kind])).toEqual([
    ["infra", "infra"],
    ["k8s-platform", "k8s-platform"],
    ["petstore", "apps"],
    ["shop", "apps"],
  ]);
});

it("leaves out what is not deployed on its own", () => {
  expect(deployableProjects(repositoryOf({ "packages/shared": "" }))).toEqual([]);
});

it("names the known projects to whoever names another", () => {
  expect(() => projectNamed(deployableProjects(root), "infar")).toThrow(
    "known are: infra, k8s-platform, petstore, shop",
  );
});

it("takes several projects in their order, each once", () => {
  const found = projectsNamed(deployableProjects(root), ["shop", "infra", "shop"]);
  expect(found.map(({ name }) => name)).toEqual(["infra", "shop"]);
  expect(() => projectsNamed(deployableProjects(root), ["infra", "sohp"])).toThrow('"sohp"');
});
