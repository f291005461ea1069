import fc from "fast-check";
import { fargateSize, LARGEST, shownSize, sizeWithoutKubernetes } from "./sizes";

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const size = (millicores: number, gibibytes: number) => {
  const found = fargateSize({ millicores, memory: gibibytes * GIB });
  return found === undefined ? undefined : shownSize(found);
};

describe("the machine of a pod on Fargate", () => {
  it.each([
    [0, 0, "0.25 vCPU with 0.5 GB"],
    [250, 0.25, "0.25 vCPU with 0.5 GB"],
    [250, 0.26, "0.25 vCPU with 1 GB"],
    [100, 2, "0.5 vCPU with 3 GB"],
    [251, 0.25, "0.5 vCPU with 1 GB"],
    [1000, 1.5, "1 vCPU with 2 GB"],
    [1000, 8, "2 vCPU with 9 GB"],
    [4000, 29.75, "4 vCPU with 30 GB"],
    [4000, 30, "8 vCPU with 32 GB"],
    [8000, 17, "8 vCPU with 20 GB"],
    [16_000, 33, "16 vCPU with 40 GB"],
    [16_000, 119.75, "16 vCPU with 120 GB"],
  ])("of %d thousandths of a CPU and %d GiB is %s", (millicores, gibibytes, expected) => {
    expect(size(millicores, gibibytes)).toBe(expected);
  });

  it.each([
    [16_001, 1],
    [1000, 119.76],
  ])("of %d thousandths of a CPU and %d GiB is none", (millicores, gibibytes) => {
    expect(size(millicores, gibibytes)).toBeUndefined();
  });

  it("is 256 MB larger than what the pod asks for, and no size is left out that would do", () => {
    const requests = fc.record({
      millicores: fc.integer({ min: 0, max: LARGEST.vcpus * 1000 }),
      memory: fc.integer({ min: 0, max: LARGEST.gigabytes * GIB - 256 * MIB }),
    });
    fc.assert(
      fc.property(requests, (asked) => {
        const found = fargateSize(asked) ?? { vcpus: 0, gigabytes: 0 };
        const plain = sizeWithoutKubernetes(asked) ?? LARGEST;
        expect(found.vcpus * 1000).toBeGreaterThanOrEqual(asked.millicores);
        expect(found.gigabytes * GIB).toBeGreaterThanOrEqual(asked.memory + 256 * MIB);
        expect(plain.vcpus).toBeLessThanOrEqual(found.vcpus);
        // A machine that has room for Kubernetes' share anyway is no larger for it.
        expect(plain.gigabytes * GIB < asked.memory + 256 * MIB || shownSize(found) === shownSize(plain)).toBe(true);
      }),
    );
  });
});
