import path from "node:path";

/** Where the sandbox keeps what it makes: all of it below one folder, which can be deleted when nothing runs. */
export interface Layout {
  /** The repository. */
  readonly root: string;
  readonly home: string;
  /** Programs of the sandbox's own, first on the PATH of all that it runs. */
  readonly bin: string;
  /** Python's packages: a folder for each set of them. */
  readonly venvs: string;
  /** Programs that were built from Go modules: a folder for each content. */
  readonly go: string;
  /** Control planes' certificates, keys and data: a folder for each cluster. */
  readonly clusters: string;
  /** Terraform's providers, laid out as a filesystem mirror. */
  readonly plugins: string;
  /** Terraform's CLI configuration for all that the sandbox runs. */
  readonly terraformConfig: string;
  /** What takes the place of real providers and charts, while servers run. */
  readonly target: string;
  /** Helm's caches and configuration. */
  readonly helm: string;
  /** Contexts of the teams in the clusters that run, for the user's shell. */
  readonly kubeconfig: string;
  /** Stands in for the user's own AWS configuration and credentials: empty. */
  readonly noAwsConfig: string;
  /** What synths write, a folder for each project. */
  readonly written: string;
  /** Stacks that were checked, a folder for each project: all is planned and deployed from here. */
  readonly out: string;
  /** What an init of each stack made, for its next plan. */
  readonly inits: string;
  readonly logs: string;
  /** The servers that run. */
  readonly servers: string;
  /** The command that is at work. */
  readonly claim: string;
  /** How long the last `up` took. */
  readonly lastUp: string;
}

/** Names another folder than `.sandbox`, for a second sandbox beside the first. */
const HOME_VARIABLE = "DEMARC_SANDBOX_HOME";

/** @param root the repository */
export function layoutOf(root: string, variables: Readonly<Record<string, string | undefined>> = {}): Layout {
  const home = path.resolve(root, variables[HOME_VARIABLE] ?? ".sandbox");
  return {
    root,
    home,
    bin: path.join(home, "bin"),
    venvs: path.join(home, "venv"),
    go: path.join(home, "go"),
    clusters: path.join(home, "clusters"),
    plugins: path.join(home, "plugins"),
    terraformConfig: path.join(home, "terraform.tfrc"),
    target: path.join(home, "target.json"),
    helm: path.join(home, "helm"),
    kubeconfig: path.join(home, "kubeconfig"),
    noAwsConfig: path.join(home, "no-aws-config"),
    written: path.join(home, "written"),
    inits: path.join(home, "inits"),
    out: path.join(home, "out"),
    logs: path.join(home, "logs"),
    servers: path.join(home, "servers.json"),
    claim: path.join(home, "claim.json"),
    lastUp: path.join(home, "last-up.json"),
  };
}
