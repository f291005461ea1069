import path from "node:path";
import type { ClusterFolder } from "./cluster-folder";
import type { ComponentProgram } from "./component";

/** A cluster as its components see it. */
export interface ComponentOptions {
  readonly cluster: string;
  readonly files: ClusterFolder;
  readonly ports: { readonly etcd: number; readonly apiServer: number };
  /** Block that services get their addresses from. */
  readonly serviceCidr: string;
  /** URL that signs service accounts' tokens. */
  readonly issuer: string;
  /** Whether who asked for what is recorded, in a log of its own. */
  readonly audit: boolean;
  /** Folder with the programs of Kubernetes and etcd, in the cluster's version. */
  readonly kubernetes: string;
  /** KWOK's own program. */
  readonly kwok: string;
  readonly logs: string;
}

/** What KWOK does with nodes and pods. */
const STAGES = path.join(__dirname, "stages");

/** Nodes that bear this annotation are KWOK's; others would be somebody else's kubelet's. */
const KWOK_NODES = "kwok.x-k8s.io/node=fake";

/** How often a controller may ask the API server: the defaults are for machines that many clusters share. */
const REQUESTS = ["--kube-api-qps=200", "--kube-api-burst=400"];

/** In the order that they need each other in. */
export function componentsOf(options: ComponentOptions): readonly ComponentProgram[] {
  const { files, kubernetes, kwok, cluster, logs } = options;
  const programs = [
    { name: "etcd", command: path.join(kubernetes, "etcd"), args: etcd(options) },
    { name: "kube-apiserver", command: path.join(kubernetes, "kube-apiserver"), args: apiServer(options) },
    {
      name: "kube-controller-manager",
      command: path.join(kubernetes, "kube-controller-manager"),
      args: controllerManager(options),
    },
    { name: "kube-scheduler", command: path.join(kubernetes, "kube-scheduler"), args: scheduler(options) },
    { name: "kwok", command: kwok, args: kwokController(options) },
  ];
  return programs.map((program) => ({
    ...program,
    folder: files.folder,
    log: path.join(logs, `${cluster}-${program.name}.log`),
  }));
}

function etcd({ files, ports }: ComponentOptions): string[] {
  const url = `https://127.0.0.1:${String(ports.etcd)}`;
  return [
    `--data-dir=${files.file("etcd")}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    // Nobody is its peer, yet it listens for one.
    "--listen-peer-urls=http://127.0.0.1:0",
    `--cert-file=${files.file("etcd.pem")}`,
    `--key-file=${files.file("etcd.key")}`,
    `--trusted-ca-file=${files.file("ca.pem")}`,
    "--client-cert-auth",
    // What is written outlives a kill of the process; only a machine that fails could lose it.
    "--unsafe-no-fsync",
    "--log-level=warn",
  ];
}

function apiServer({ files, ports, serviceCidr, issuer, audit, cluster, logs }: ComponentOptions): string[] {
  return [
    "--bind-address=127.0.0.1",
    `--secure-port=${String(ports.apiServer)}`,
    `--tls-cert-file=${files.file("api-server.pem")}`,
    `--tls-private-key-file=${files.file("api-server.key")}`,
    // Pods reach no API server here; without an address, one without a default route would not start.
    `--advertise-address=${serviceCidr.includes(":") ? "::1" : "127.0.0.1"}`,
    "--endpoint-reconciler-type=none",
    `--etcd-servers=https://127.0.0.1:${String(ports.etcd)}`,
    `--etcd-cafile=${files.file("ca.pem")}`,
    `--etcd-certfile=${files.file("api-server.pem")}`,
    `--etcd-keyfile=${files.file("api-server.key")}`,
    `--service-cluster-ip-range=${serviceCidr}`,
    "--allow-privileged=true",
    "--profiling=false",
    // A node has no kubelet to ask for a pod's logs, and its other names and addresses may be those of a machine that exists.
    "--kubelet-preferred-address-types=ExternalDNS",
    ...authentication(files, issuer),
    ...aggregation(files),
    ...(audit ? auditing(files, path.join(logs, `${cluster}-audit.log`)) : []),
    "--authorization-mode=Node,RBAC",
    // Those that EKS has besides Kubernetes' own defaults: https://docs.aws.amazon.com/eks/latest/userguide/platform-versions.html
    "--enable-admission-plugins=NodeRestriction,ExtendedResourceToleration",
    // Nobody answers the webhooks that charts bring: their pods run on nodes that only seem to be there.
    "--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook",
  ];
}

function authentication(files: ClusterFolder, issuer: string): string[] {
  return [
    `--token-auth-file=${files.file("tokens.csv")}`,
    `--authentication-token-webhook-config-file=${files.kubeconfig("token-review")}`,
    "--authentication-token-webhook-version=v1",
    "--authentication-token-webhook-cache-ttl=0",
    `--service-account-issuer=${issuer}`,
    `--service-account-key-file=${files.file("service-accounts.pub")}`,
    `--service-account-signing-key-file=${files.file("service-accounts.key")}`,
    "--api-audiences=https://kubernetes.default.svc",
  ];
}

/** Lets an aggregated API know that it is the API server that asks, and for whom. */
function aggregation(files: ClusterFolder): string[] {
  return [
    `--proxy-client-cert-file=${files.file("front-proxy.pem")}`,
    `--proxy-client-key-file=${files.file("front-proxy.key")}`,
    `--requestheader-client-ca-file=${files.file("ca.pem")}`,
    "--requestheader-allowed-names=front-proxy",
    "--requestheader-username-headers=X-Remote-User",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
  ];
}

function auditing(files: ClusterFolder, log: string): string[] {
  return [`--audit-policy-file=${files.file("audit-policy.json")}`, `--audit-log-path=${log}`];
}

function controllerManager({ files }: ComponentOptions): string[] {
  return [
    `--kubeconfig=${files.kubeconfig("kube-controller-manager")}`,
    `--root-ca-file=${files.file("ca.pem")}`,
    `--service-account-private-key-file=${files.file("service-accounts.key")}`,
    "--use-service-account-credentials",
    "--leader-elect=false",
    "--secure-port=0",
    ...REQUESTS,
  ];
}

function scheduler({ files }: ComponentOptions): string[] {
  return [`--kubeconfig=${files.kubeconfig("kube-scheduler")}`, "--leader-elect=false", "--secure-port=0", ...REQUESTS];
}

function kwokController({ files }: ComponentOptions): string[] {
  return [
    `--kubeconfig=${files.kubeconfig("kwok")}`,
    `--config=${path.join(STAGES, "node.yaml")}`,
    `--config=${path.join(STAGES, "pod.yaml")}`,
    `--manage-nodes-with-annotation-selector=${KWOK_NODES}`,
    "--node-lease-duration-seconds=40",
  ];
}
