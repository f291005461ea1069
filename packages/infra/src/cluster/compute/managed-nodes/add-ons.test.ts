import { kubernetesVersion } from "@demarc/shared/environment";
import { dev, roleIn } from "@demarc/shared/testing";
import { nodesStack } from "../../../testing/cluster";
import { keysStack } from "../../../testing/keys";
import { addOnNames } from "./add-ons";

const stack = nodesStack();

function addOn(name: string, from = stack) {
  const found = from.resources("aws_eks_addon").find((candidate) => candidate["addon_name"] === name);
  if (found === undefined) throw new Error(`no add-on ${name}`);
  return found;
}

const ec2 = (resource: string) => `arn:aws:ec2:${dev.region}:${dev.account}:${resource}`;
const address = (name: string): unknown => expect.stringMatching(new RegExp(`^aws_eks_addon\\.nodes_${name}_add-on`));

describe("the add-ons of EKS", () => {
  it("are the five that managed nodes need", () => {
    expect(stack.resources("aws_eks_addon").map(({ addon_name }) => addon_name)).toEqual(
      expect.arrayContaining([...addOnNames]),
    );
    expect(addOnNames).toHaveLength(5);
  });

  it("are there before the nodes where a node is not ready without them", () => {
    for (const group of stack.resources("aws_eks_node_group")) {
      expect(group["depends_on"]).toEqual(
        expect.arrayContaining(["eks-pod-identity-agent", "kube-proxy", "vpc-cni"].map(address)),
      );
    }
  });

  it("wait for the nodes where they run in pods of their own", () => {
    const groups = expect.arrayContaining([expect.stringMatching(/^aws_eks_node_group\.nodes_group-general/)]);
    expect(addOn("coredns")["depends_on"]).toEqual(groups);
    expect(addOn("aws-ebs-csi-driver")["depends_on"]).toEqual(groups);
  });

  it("are upgraded in order: agent, kube-proxy, pod network", () => {
    expect(addOn("kube-proxy")["depends_on"]).toEqual([address("eks-pod-identity-agent")]);
    expect(addOn("vpc-cni")["depends_on"]).toEqual(expect.arrayContaining([address("kube-proxy")]));
  });

  it.each(["standard", "strict"] as const)(
    "enforce network policies, and by setting from a pod's start: %s",
    (mode) => {
      const { configuration_values: values } = addOn("vpc-cni", nodesStack({ networkPolicyMode: mode }));
      expect(JSON.parse(String(values))).toEqual({
        enableNetworkPolicy: "true",
        env: { NETWORK_POLICY_ENFORCING_MODE: mode },
      });
    },
  );

  it("give nodes their addresses by prefixes where the settings ask for it", () => {
    const { configuration_values: values } = addOn("vpc-cni", nodesStack({ prefixDelegation: true }));
    expect(JSON.parse(String(values))).toMatchObject({
      env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
    });
  });

  it("are of the first version that is known of the environment's Kubernetes, and AWS is not asked for one", () => {
    const versions = Object.fromEntries(addOnNames.map((name) => [name, addOn(name)["addon_version"]]));
    const { addOns } = kubernetesVersion("1.35");
    expect(versions).toEqual(Object.fromEntries(addOnNames.map((name) => [name, addOns[name][0].version])));
  });

  it("are of the version that the settings choose", () => {
    const other = kubernetesVersion("1.35").addOns.coredns[1]?.version ?? "";
    const chosen = nodesStack({ addOnVersions: { coredns: other } });
    expect(addOn("coredns", chosen)["addon_version"]).toBe(other);
    expect(addOn("coredns")["addon_version"]).not.toBe(other);
    expect(addOn("kube-proxy", chosen)["addon_version"]).toBe(addOn("kube-proxy")["addon_version"]);
  });
});

describe("the identity of an add-on", () => {
  it("is a role for its own service account in this cluster, which EKS hands over", async () => {
    expect(addOn("vpc-cni")["pod_identity_association"]).toEqual([
      { service_account: "aws-node", role_arn: expect.stringMatching(/^\$\{aws_iam_role\.nodes_vpc-cni_role_/) },
    ]);
    const pods = "pods.eks.amazonaws.com";
    const context = (serviceAccount: string) => ({
      "aws:SourceAccount": "123456789012",
      "aws:SourceArn": "arn:aws:eks:ap-northeast-1:123456789012:cluster/dev-a",
      "aws:RequestTag/eks-cluster-name": "dev-a",
      "aws:RequestTag/kubernetes-namespace": "kube-system",
      "aws:RequestTag/kubernetes-service-account": serviceAccount,
    });
    const elsewhere = {
      "aws:SourceAccount": "210987654321",
      "aws:SourceArn": "arn:aws:eks:ap-northeast-1:123456789012:cluster/dev-b",
      "aws:RequestTag/eks-cluster-name": "dev-b",
      "aws:RequestTag/kubernetes-namespace": "pets",
      "aws:RequestTag/kubernetes-service-account": "default",
    };
    for (const [name, serviceAccount] of [
      ["dev-a-vpc-cni", "aws-node"],
      ["dev-a-aws-ebs-csi-driver", "ebs-csi-controller-sa"],
    ] as const) {
      const role = roleIn(stack, name);
      for (const action of ["sts:AssumeRole", "sts:TagSession"] as const)
        await expect(role).toTrust({ service: pods, action }, context(serviceAccount));
      for (const [key, value] of Object.entries(elsewhere))
        await expect(role).not.toTrust({ service: pods }, { ...context(serviceAccount), [key]: value });
      await expect(role).not.toTrust({ service: "ec2.amazonaws.com" }, context(serviceAccount));
    }
  });

  it("has its policy before it starts", () => {
    expect(addOn("vpc-cni")["depends_on"]).toEqual(
      expect.arrayContaining([expect.stringMatching(/^aws_iam_role_policy_attachment\.nodes_vpc-cni_role/)]),
    );
  });

  it("is not the node's: a pod on the host's network cannot change the pod network", async () => {
    const address = "arn:aws:ec2:ap-northeast-1:123456789012:network-interface/eni-1";
    const assign = "ec2:AssignPrivateIpAddresses";
    await expect(roleIn(stack, "dev-a-vpc-cni")).toAllow(assign, address);
    await expect(roleIn(stack, "dev-a-nodes")).toRefuse(assign, address, {}, { by: "identity policy" });
    await expect(roleIn(stack, "dev-a-nodes")).toAllow("ecr:GetAuthorizationToken", "*");
  });

  it.each([
    [
      "vpc-cni",
      ["CreateNetworkInterface", "AttachNetworkInterface", "AssignPrivateIpAddresses"],
      "network-interface/eni-1",
    ],
    [
      "vpc-cni",
      ["UnassignPrivateIpAddresses", "DetachNetworkInterface", "DeleteNetworkInterface"],
      "network-interface/eni-1",
    ],
    ["vpc-cni", ["ModifyNetworkInterfaceAttribute", "CreateTags"], "network-interface/eni-1"],
    ["aws-ebs-csi-driver", ["AttachVolume", "DetachVolume"], "volume/vol-1"],
    ["aws-ebs-csi-driver", ["AttachVolume", "DetachVolume"], "instance/i-1"],
    ["aws-ebs-csi-driver", ["ModifyVolume"], "volume/vol-1"],
  ])("lets %s call what it calls, held by the boundary too: %j on %s", async (name, actions, resource) => {
    const role = roleIn(stack, `dev-a-${name}`);
    for (const action of actions) await expect(role).toAllow(`ec2:${action}`, ec2(resource));
  });

  it("lets the volume driver make and delete the cluster's volumes, and none that somebody else made", async () => {
    const driver = roleIn(stack, "dev-a-aws-ebs-csi-driver");
    const volume = ec2("volume/vol-1");
    const made = { "aws:RequestTag/ebs.csi.aws.com/cluster": "true" };
    const own = { "ec2:ResourceTag/ebs.csi.aws.com/cluster": "true" };
    await expect(driver).toAllow("ec2:CreateVolume", volume, made);
    await expect(driver).toAllow("ec2:CreateTags", volume, { "ec2:CreateAction": "CreateVolume" });
    await expect(driver).toAllow("ec2:DeleteVolume", volume, own);
    for (const action of ["ec2:CreateVolume", "ec2:DeleteVolume", "ec2:CreateTags"])
      await expect(driver).toRefuse(action, volume, {}, { by: "identity policy" });
    for (const what of ["AvailabilityZones", "Instances", "Volumes", "VolumesModifications"])
      await expect(driver).toAllow(`ec2:Describe${what}`, "*");
    await expect(driver).toRefuse("ec2:TerminateInstances", ec2("instance/i-1"));
  });

  it("lets the volume driver use the volumes' key, and grant on it only to what AWS runs", async () => {
    const keys = keysStack();
    const volumes = keys.arnOf("aws_kms_key", "volumes_");
    const other = keys.arnOf("aws_kms_key", "database_");
    const driver = roleIn(stack, "dev-a-aws-ebs-csi-driver", { producers: [keys] });
    const forAws = { "kms:GrantIsForAWSResource": "true" };
    await expect(driver).toAllow("kms:Decrypt", volumes);
    await expect(driver).toAllow("kms:CreateGrant", volumes, forAws);
    const forOthers = { "kms:GrantIsForAWSResource": "false" };
    await expect(driver).toRefuse("kms:CreateGrant", volumes, forOthers, { by: "identity policy" });
    await expect(driver).toRefuse("kms:CreateGrant", other, forAws, { by: "identity policy" });
  });
});
