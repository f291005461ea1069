import { container, pod } from "../testing/objects";
import { profileOf } from "./selector";
import { fargateSize } from "./size";
import { unsupported } from "./unsupported";

const GIB = 2 ** 30;

describe("the profile of a pod", () => {
  const inNamespace = (namespace: string, labels = {}) => pod({}, { metadata: { namespace, labels } });
  const profiles = [
    { fargateProfileName: "web", selectors: [{ namespace: "shop-*", labels: { tier: "web" } }] },
    { fargateProfileName: "default", selectors: [{ namespace: "kube-system" }, { namespace: "team-?" }] },
    { fargateProfileName: "old", selectors: [{ namespace: "legacy", labels: { version: "1.?" } }] },
    { fargateProfileName: "all", selectors: [{ namespace: "shop-a" }] },
  ];

  it.each([
    ["its namespace", inNamespace("kube-system"), "default"],
    ["a pattern of namespaces", inNamespace("team-x"), "default"],
    ["a longer name than the pattern's", inNamespace("team-xy"), undefined],
    ["namespace and labels", inNamespace("shop-b", { tier: "web" }), "web"],
    ["the namespace without the labels", inNamespace("shop-b"), undefined],
    ["several: the first by name", inNamespace("shop-a", { tier: "web" }), "all"],
    [
      "several: the one that the pod asks for",
      inNamespace("shop-a", { tier: "web", "eks.amazonaws.com/fargate-profile": "web" }),
      "web",
    ],
    ["none", inNamespace("monitoring"), undefined],
    ["a pattern of labels", inNamespace("legacy", { version: "1.2" }), "old"],
    ["a dot for what it is", inNamespace("legacy", { version: "1x2" }), undefined],
  ])("goes by %s", (_, selected, expected) => {
    expect(profileOf(selected, profiles)?.fargateProfileName).toBe(expected);
  });
});

it.each([
  ["nothing", 0, 0, { vcpus: 0.25, memory: 0.5 }],
  ["memory that the kubelet's share makes a size larger", 0.25, 0.3 * GIB, { vcpus: 0.25, memory: 1 }],
  ["a core", 1, GIB, { vcpus: 1, memory: 2 }],
  ["more memory than its cores come with", 0.25, 3 * GIB, { vcpus: 0.5, memory: 4 }],
  ["eight cores, in steps of 4 GB", 8, 17 * GIB, { vcpus: 8, memory: 20 }],
  ["the largest", 16, 119 * GIB, { vcpus: 16, memory: 120 }],
  ["more memory than any has", 1, 120 * GIB, undefined],
  ["more cores than any has", 16.1, 0, undefined],
])("sizes a pod that requests %s", (_, cpu, memory, expected) => {
  expect(fargateSize({ cpu, memory })).toEqual(expected);
});

it("names everything that Fargate has not", () => {
  const spec = {
    hostNetwork: true,
    containers: [
      container(
        { "nvidia.com/gpu": "1" },
        { ports: [{ containerPort: 80, hostPort: 80 }], securityContext: { privileged: true } },
      ),
    ],
    volumes: [{ name: "host", hostPath: { path: "/" } }],
  };
  expect(unsupported(pod({}, { spec }), { disk: 176 * GIB })).toEqual([
    "HostNetwork",
    "HostPort",
    "SecurityContext.Privileged",
    "more than 175 GiB of ephemeral-storage",
    "resources other than cpu, memory and ephemeral-storage",
    "volumes of type hostPath",
  ]);
  expect(unsupported(pod())).toEqual([]);
});
