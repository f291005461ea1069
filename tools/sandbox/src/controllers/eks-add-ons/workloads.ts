/** A program of an add-on, which does nothing here, and what it asks of its node. */
interface AddOnContainer {
  readonly name: string;
  /** @default nothing */
  readonly requests?: { readonly cpu: string; readonly memory?: string };
}

/** Pods of an add-on. */
export interface AddOnWorkload {
  /** A DaemonSet is on every node but those of Fargate and Auto Mode, which bring such programs themselves. */
  readonly kind: "DaemonSet" | "Deployment";
  readonly name: string;
  /** Label k8s-app of its pods. @default its name */
  readonly app?: string;
  readonly serviceAccount: string;
  /** @default true for a DaemonSet */
  readonly hostNetwork?: boolean;
  readonly containers: readonly AddOnContainer[];
}

/** What an add-on of EKS puts into kube-system. Names, service accounts and requests are those of EKS's own. */
export interface AddOnContent {
  readonly workloads: readonly AddOnWorkload[];
  /** Whether its pods answer for names in the cluster. @default false */
  readonly servesDns?: boolean;
}

/** Label of CoreDNS's pods, as Kubernetes's own DNS has had it: network policies name it. */
export const DNS_APP = "kube-dns";

const sidecar = (name: string): AddOnContainer => ({ name, requests: { cpu: "10m", memory: "40Mi" } });

/** By name of the add-on. Others of EKS's add-ons have no pods here. */
export const ADD_ONS: Readonly<Record<string, AddOnContent>> = {
  "vpc-cni": {
    workloads: [
      {
        kind: "DaemonSet",
        name: "aws-node",
        serviceAccount: "aws-node",
        containers: [
          { name: "aws-node", requests: { cpu: "25m" } },
          { name: "aws-eks-nodeagent", requests: { cpu: "25m" } },
        ],
      },
    ],
  },
  "kube-proxy": {
    workloads: [
      {
        kind: "DaemonSet",
        name: "kube-proxy",
        serviceAccount: "kube-proxy",
        containers: [{ name: "kube-proxy", requests: { cpu: "100m" } }],
      },
    ],
  },
  "eks-pod-identity-agent": {
    workloads: [
      {
        kind: "DaemonSet",
        name: "eks-pod-identity-agent",
        serviceAccount: "default",
        containers: [{ name: "eks-pod-identity-agent" }],
      },
    ],
  },
  coredns: {
    workloads: [
      {
        kind: "Deployment",
        name: "coredns",
        app: DNS_APP,
        serviceAccount: "coredns",
        containers: [{ name: "coredns", requests: { cpu: "100m", memory: "70Mi" } }],
      },
    ],
    servesDns: true,
  },
  "aws-ebs-csi-driver": {
    workloads: [
      {
        kind: "Deployment",
        name: "ebs-csi-controller",
        serviceAccount: "ebs-csi-controller-sa",
        containers: ["ebs-plugin", "csi-provisioner", "csi-attacher", "csi-snapshotter", "csi-resizer"].map(sidecar),
      },
      {
        kind: "DaemonSet",
        name: "ebs-csi-node",
        serviceAccount: "ebs-csi-node-sa",
        hostNetwork: false,
        containers: ["ebs-plugin", "node-driver-registrar"].map(sidecar),
      },
    ],
  },
};
