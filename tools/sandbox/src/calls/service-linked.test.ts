import { servicesLine } from "./service-linked";

it("AWS's own calls are told by the role that is linked to the service", () => {
  expect(
    servicesLine({ "eks.amazonaws.com": 12, "eks-nodegroup.amazonaws.com": 3, "pods.eks.amazonaws.com": 1 }),
  ).toEqual([
    "Calls of AWS's own, by roles that only AWS gives policies: AWSServiceRoleForAmazonEKS 12, AWSServiceRoleForAmazonEKSNodegroup 3, pods.eks.amazonaws.com 1.",
  ]);
  expect(servicesLine({})).toEqual([]);
});
