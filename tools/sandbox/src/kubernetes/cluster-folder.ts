import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Authority, type Identity, newKeyPair } from "./authority";

const HOLDERS = ["eks", "kube-controller-manager", "kube-scheduler", "kwok"] as const;

type TokenHolder = (typeof HOLDERS)[number];

/** Who holds a token of the cluster's own, and in which groups; all others come with tokens of EKS. */
const USERS: Readonly<Record<TokenHolder, { user: string; groups: string }>> = {
  /** EKS itself: what makes objects in the cluster on its behalf. */
  eks: { user: "eks:control-plane", groups: "system:masters" },
  "kube-controller-manager": { user: "system:kube-controller-manager", groups: "" },
  "kube-scheduler": { user: "system:kube-scheduler", groups: "" },
  kwok: { user: "eks:nodes", groups: "system:masters" },
};

/** Records who changed what, in whose name; what the cluster's own programs do all the time would bury it. */
const AUDIT_POLICY = {
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived"],
  rules: [
    { level: "None", userGroups: ["system:masters", "system:serviceaccounts", "system:nodes"] },
    { level: "None", users: ["system:apiserver", "system:kube-controller-manager", "system:kube-scheduler"] },
    { level: "None", nonResourceURLs: ["/*"] },
    { level: "Metadata" },
  ],
};

/** What a folder is filled with. */
export interface ClusterFolderOptions {
  readonly cluster: string;
  /** https URL that the API server will have. */
  readonly endpoint: string;
  /** URL that the API server posts TokenReviews to. */
  readonly reviewUrl: string;
  /** First address of the services' block: the one of the service `kubernetes`. */
  readonly serviceAddress: string;
}

/** What a control plane has on disk: all of it made anew when a cluster starts, and readable by this user alone. */
export class ClusterFolder {
  private constructor(
    readonly folder: string,
    /** PEM. */
    readonly certificateAuthority: string,
    private readonly tokens: Readonly<Record<TokenHolder, string>>,
  ) {}

  /** Fills the folder; what was in it before is gone. */
  static async create(folder: string, options: ClusterFolderOptions): Promise<ClusterFolder> {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const authority = await Authority.create(options.cluster);
    const made = new ClusterFolder(folder, authority.certificate, {
      eks: newToken(),
      "kube-controller-manager": newToken(),
      "kube-scheduler": newToken(),
      kwok: newToken(),
    });
    await made.#writeCertificates(authority, options.serviceAddress);
    made.#writeTokens();
    made.#write("audit-policy.json", JSON.stringify(AUDIT_POLICY, undefined, 2));
    made.#writeKubeconfigs(options);
    return made;
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  kubeconfig(holder: TokenHolder | "token-review"): string {
    return this.file(`${holder}.kubeconfig`);
  }

  tokenOf(holder: TokenHolder): string {
    return this.tokens[holder];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #writeCertificates(authority: Authority, serviceAddress: string): Promise<void> {
    const names = [
      "kubernetes",
      "kubernetes.default",
      "kubernetes.default.svc",
      "kubernetes.default.svc.cluster.local",
    ];
    const local = ["127.0.0.1", "::1", "localhost"];
    this.#write("ca.pem", authority.certificate);
    this.#writeIdentity("api-server", await authority.issue("kube-apiserver", [...local, ...names, serviceAddress]));
    this.#writeIdentity("etcd", await authority.issue("etcd", local));
    this.#writeIdentity("front-proxy", await authority.issue("front-proxy"));
    const { publicKey, key } = await newKeyPair();
    this.#write("service-accounts.pub", publicKey);
    this.#write("service-accounts.key", key);
  }

  /** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file */
  #writeTokens(): void {
    const lines = HOLDERS.map((holder) => {
      const { user, groups } = USERS[holder];
      return `${this.tokens[holder]},${user},${user},"${groups}"`;
    });
    this.#write("tokens.csv", `${lines.join("\n")}\n`);
  }

  #writeKubeconfigs({ endpoint, reviewUrl }: ClusterFolderOptions): void {
    const cluster = { server: endpoint, "certificate-authority": this.file("ca.pem") };
    for (const holder of ["kube-controller-manager", "kube-scheduler", "kwok"] as const) {
      this.#writeKubeconfig(holder, cluster, { token: this.tokens[holder] });
    }
    this.#writeKubeconfig("token-review", { server: reviewUrl }, {});
  }

  #writeKubeconfig(name: TokenHolder | "token-review", cluster: object, user: object): void {
    const content = {
      apiVersion: "v1",
      kind: "Config",
      "current-context": "only",
      contexts: [{ name: "only", context: { cluster: "only", user: "only" } }],
      clusters: [{ name: "only", cluster }],
      users: [{ name: "only", user }],
    };
    this.#write(`${name}.kubeconfig`, JSON.stringify(content, undefined, 2));
  }

  #writeIdentity(name: string, { certificate, key }: Identity): void {
    this.#write(`${name}.pem`, certificate);
    this.#write(`${name}.key`, key);
  }

  #write(name: string, content: string): void {
    writeFileSync(this.file(name), content, { mode: 0o600 });
  }
}

function newToken(): string {
  return randomBytes(32).toString("hex");
}
