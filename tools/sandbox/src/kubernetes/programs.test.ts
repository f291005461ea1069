import { kubernetesVersions as known } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { checkVersion } from "../eks-api/versions";
import { layoutOf } from "../layout";
import {
  controlPlanePrograms,
  kubernetesVersions,
  patchVersion,
  placesOf,
  programsFor,
  unknownVersions,
} from "./programs";

const GO = { version: "1.26.8", platform: "linux/amd64" };

const compute = { kind: "managed-nodes" } as const;

it("stands for the environment's Kubernetes by one patch version of it", () => {
  for (const minor of kubernetesVersions()) expect(patchVersion(minor)).toMatch(new RegExp(`^${minor}\\.\\d+$`));
  expect(unknownVersions(dev)).toEqual([]);
});

it("has none of which nothing is known, and its EKS lists those that are known", () => {
  expect(known.map(({ version }) => version)).toEqual(expect.arrayContaining(kubernetesVersions()));
  for (const { version } of known) expect(checkVersion(version)).toBe(version);
  expect(() => checkVersion("1.31")).toThrow("unsupported Kubernetes version 1.31");
});

it("refuses a Kubernetes that it has not, and names what there is", () => {
  const clusters = { a: { version: "1.29", compute }, b: { version: "1.35", compute } };
  expect(unknownVersions({ name: "old", clusters })).toEqual([
    `Cluster a of old is of Kubernetes 1.29, and the sandbox has ${kubernetesVersions().join(", ")}: take that, or add tools/sandbox/go/kubernetes/1.29.`,
  ]);
});

it("builds what an environment's clusters need, once for clusters of the same version", () => {
  const programs = controlPlanePrograms(layoutOf("/repository"), GO);
  const clusters = { a: { version: "1.35", compute }, b: { version: "1.35", compute } };
  expect(programsFor({ clusters }, programs).map(({ name }) => name)).toEqual(["kubernetes-1.35", "kwok"]);
});

it("tells control planes where their programs are, and where to keep what they write", () => {
  const layout = layoutOf("/repository");
  const programs = controlPlanePrograms(layout, GO);
  expect(placesOf(programs, layout)).toEqual({
    kubernetes: { "1.35": programs.kubernetes["1.35"]?.directory },
    kwok: programs.kwok.binary("kwok"),
    clusters: "/repository/.sandbox/clusters",
    logs: "/repository/.sandbox/logs",
  });
});
