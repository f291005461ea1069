/** A cluster, as everything that is made for it knows it. */
export interface Cluster {
  /** Short id in the environment. */
  readonly id: string;
  /** Name in AWS. */
  readonly name: string;
  /** Kubernetes minor version of the control plane and the add-ons. */
  readonly version: string;
}
