import { allocatableOf, capacityOf, mostPods } from "./capacity";
import { M7I_LARGE } from "./testing/objects";

it("gives an m7i.large what EKS's own image leaves of it", () => {
  expect(capacityOf(M7I_LARGE, 20)).toEqual({
    cpu: "2",
    memory: "8388608Ki",
    "ephemeral-storage": "20971520Ki",
    pods: "29",
  });
  // 8 GiB without 255 MiB, 11 MiB for each of 29 pods and the 100 MiB at which the kubelet evicts; two cores without 60m and 10m.
  expect(allocatableOf(M7I_LARGE)).toEqual({
    cpu: "1930m",
    memory: `${(8_192 - 255 - 11 * 29 - 100) * 1_024}Ki`,
    pods: "29",
  });
  expect(allocatableOf(M7I_LARGE, 20)).toEqual({
    ...allocatableOf(M7I_LARGE),
    "ephemeral-storage": `${17 * 2 ** 20}Ki`,
  });
});

it("keeps less of each further core for the kubelet", () => {
  expect(allocatableOf({ ...M7I_LARGE, vcpus: 8 })).toMatchObject({ cpu: "7910m" });
});

it("takes no more pods than a managed node group does", () => {
  const large = { ...M7I_LARGE, networkInterfaces: 15, addressesPerInterface: 50 };
  expect(mostPods({ ...large, vcpus: 16 })).toBe(110);
  expect(mostPods({ ...large, vcpus: 96 })).toBe(250);
});
