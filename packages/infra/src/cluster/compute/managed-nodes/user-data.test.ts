import { parse } from "yaml";
import { nodesStack } from "../../../testing/cluster";

const ami = { id: "ami-0abcdef1234567890", kubernetes: "1.35" };
const own = {
  instanceTypes: ["m7i.large"],
  size: { min: 1, desired: 1, max: 3 },
  ami,
  podProcesses: 2048,
  labels: { "example.com/purpose": "hardened" },
  taints: [
    { key: "example.com/hardened", value: "true", effect: "NoSchedule" as const },
    { key: "example.com/slow", effect: "PreferNoSchedule" as const },
  ],
};
const general = { instanceTypes: ["m7i.large"], size: { min: 1, desired: 1, max: 1 } };

/** The stack of a cluster that has a group of its own image beside one of EKS's. */
const stackWith = (changes: Partial<Parameters<typeof nodesStack>[0]> = {}) =>
  nodesStack({ nodeGroups: { general, hardened: own }, ...changes });

const groupNamed = (name: string, stack = stackWith()) =>
  stack.resources("aws_eks_node_group").find((group) => group["node_group_name"] === name);
const templateNamed = (name: string, stack = stackWith()) =>
  stack.resources("aws_launch_template").find((template) => template["name"] === name);

/** What nodeadm reads: the one part of the MIME document that Terraform encodes. */
function nodeConfig(stack = stackWith()) {
  const [, text = ""] =
    /^\$\{base64encode\("(.*)"\)\}$/s.exec(String(templateNamed("dev-a-hardened", stack)?.["user_data"])) ?? [];
  const mime = text.replaceAll("\\n", "\n").replaceAll('\\"', '"');
  const [, boundary = ""] = /^Content-Type: multipart\/mixed; boundary=(\w+)$/m.exec(mime) ?? [];
  const [head, part = "", end] = mime.split(`--${boundary}`);
  expect(head).toMatch(/^MIME-Version: 1\.0\n/);
  expect(end).toBe("--\n");
  const [headers, body = ""] = part.trimStart().split("\n\n");
  expect(headers).toBe("Content-Type: application/node.eks.aws");
  return parse(body) as { readonly spec: { readonly cluster: object; readonly kubelet: Record<string, unknown> } };
}

describe("a node of the company's own image", () => {
  it("is told all four by which it joins: the cluster's name alone is not enough", () => {
    expect(nodeConfig()).toMatchObject({ apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig" });
    const ofCluster = (attribute: string): unknown =>
      expect.stringMatching(new RegExp(`^\\$\\{aws_eks_cluster\\.\\w[\\w-]*\\.${attribute}\\}$`));
    expect(nodeConfig().spec.cluster).toEqual({
      name: ofCluster("name"),
      apiServerEndpoint: ofCluster("endpoint"),
      certificateAuthority: ofCluster("certificate_authority\\[0\\]\\.data"),
      cidr: ofCluster("kubernetes_network_config\\[0\\]\\.service_ipv4_cidr"),
    });
  });

  it("has its labels and taints from the moment that it registers, and the limits of every node", () => {
    expect(nodeConfig().spec.kubelet).toEqual({
      config: { podPidsLimit: 2048 },
      flags: [
        "--node-labels=eks.amazonaws.com/nodegroup=hardened,example.com/purpose=hardened",
        "--register-with-taints=example.com/hardened=true:NoSchedule,example.com/slow=:PreferNoSchedule",
      ],
    });
    expect(nodeConfig(stackWith({ prefixDelegation: true })).spec.kubelet).toMatchObject({ config: { maxPods: 110 } });
  });

  it("is of the image that its template names: its group names nothing of EKS's images", () => {
    expect(templateNamed("dev-a-hardened")).toMatchObject({ image_id: ami.id });
    for (const ofEks of ["ami_type", "version", "release_version"])
      expect(groupNamed("hardened")).not.toHaveProperty(ofEks);
    expect(templateNamed("dev-a-general")).not.toHaveProperty("image_id");
    expect(groupNamed("general")).toMatchObject({ ami_type: "AL2023_x86_64_STANDARD", version: "1.35" });
  });
});
