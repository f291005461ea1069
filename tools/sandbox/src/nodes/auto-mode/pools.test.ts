import { M7I_LARGE, pod } from "../testing/objects";
import { bestOffer, offersOf, poolsOf } from "./pools";

const XLARGE = { ...M7I_LARGE, name: "m7i.xlarge", vcpus: 4, memoryMiB: 16_384 };
const SUBNETS = ["a", "c"].map((zone) => ({
  id: zone,
  vpcId: "vpc",
  zone: `ap-northeast-1${zone}`,
  cidr: "10.0.0.0/24",
}));

function offers(...names: string[]) {
  return poolsOf(names).flatMap((pool) => offersOf(pool, SUBNETS, [M7I_LARGE, XLARGE], "ap-northeast-1"));
}

const chosen = (...pods: Parameters<typeof bestOffer>[0]) => {
  const offer = bestOffer(pods, offers("general-purpose"));
  return offer && [offer.type.name, offer.subnet.zone];
};

it("takes the smallest node that has room for all, in the zone that is preferred", () => {
  expect(chosen(pod({ cpu: "1" }))).toEqual(["m7i.large", "ap-northeast-1a"]);
  expect(chosen(pod({ cpu: "1" }), pod({ cpu: "1" }))).toEqual(["m7i.xlarge", "ap-northeast-1a"]);
});

it("goes where a pod must be", () => {
  const spec = { nodeSelector: { "topology.kubernetes.io/zone": "ap-northeast-1c" } };
  expect(chosen(pod({ cpu: "1" }, { spec }))).toEqual(["m7i.large", "ap-northeast-1c"]);
});

it("makes none for a pod that no node is large enough for, or that tolerates no pool", () => {
  expect(chosen(pod({ cpu: "64" }))).toBeUndefined();
  expect(bestOffer([pod()], offers("system"))).toBeUndefined();
  const spec = { tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }] };
  expect(bestOffer([pod({}, { spec })], offers("system"))?.place.labels).toMatchObject({
    "karpenter.sh/nodepool": "system",
    "eks.amazonaws.com/compute-type": "auto",
  });
});
