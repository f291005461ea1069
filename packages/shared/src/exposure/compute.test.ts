import type { ComputeKind, Exposure } from "../environment";
import { dev } from "../testing";
import { exposureComputeProblems } from "./compute";

const said = (kind: ComputeKind, ...exposures: Exposure[]) =>
  exposureComputeProblems({ clusters: { a: { version: "1.35", compute: { kind } } }, exposures });
const ingress: Exposure = { kind: "alb-ingress", scheme: "internal" };
const bound: Exposure = { kind: "target-group-binding", apps: ["petstore"] };

it("lets in what reaches apps on their kind of compute", () => {
  expect(exposureComputeProblems(dev)).toEqual([]);
  expect(said("fargate", ingress, bound)).toEqual([]);
});

it("refuses what EKS's built-in controller would leave open or cannot do, each with the reason and the way out", () => {
  expect(said("auto-mode", ingress, bound)).toEqual([
    {
      path: "exposures",
      message: expect.stringMatching(
        /^"alb-ingress" does not reach apps in cluster "a", whose pods run on auto-mode: .*no TLS policy.*; take another exposure/,
      ),
    },
    {
      path: "exposures",
      message: expect.stringMatching(/^"target-group-binding" .* by which it may delete them; take/),
    },
  ]);
});
