import type { Cluster } from "@aws-sdk/client-eks";
import type { Connection } from "@demarc/deploy/kubernetes";

/** Where a cluster's Kubernetes API server answers. */
export interface ControlPlaneAddress {
  /** https URL. */
  readonly endpoint: string;
  /** PEM certificate that signs the endpoint's own. */
  readonly certificateAuthority: string;
}

/** What runs behind a cluster of this API: the one seam between EKS's records and a Kubernetes. */
export interface ControlPlane {
  /**
   * Starts the Kubernetes API server of a cluster; resolves when it answers. The cluster stays CREATING until then, and is
   * FAILED, with the reason in its health, when this rejects.
   */
  start(cluster: Cluster): Promise<ControlPlaneAddress>;
  /** Ends it; resolves when nothing of it runs any more. Called for every cluster that was started, once. */
  stop(clusterName: string): Promise<void>;
  /** EKS's own way into a cluster that has started: an administrator's. Without it nothing acts in the cluster. */
  connection?(clusterName: string): Connection;
  /** Its programs, and which of them run. None where none was started. */
  components(clusterName: string): readonly ComponentState[];
  /** Starts those of its programs that have ended, with all that was in the cluster; resolves when it answers. */
  resume(clusterName: string): Promise<void>;
}

/** A program of a control plane. */
export interface ComponentState {
  /** Such as kube-apiserver. */
  readonly name: string;
  readonly running: boolean;
  /** Its process, where it runs. */
  readonly pid?: number | undefined;
  /** File that has all that it printed. */
  readonly log: string;
}

/**
 * No control plane at all. Clusters are records: nothing is started, a connection to the endpoint is refused (port 1 is
 * nobody's), and the certificate, whose key was thrown away, has signed nothing.
 */
export const absentControlPlane: ControlPlane = {
  start: () =>
    Promise.resolve({ endpoint: "https://127.0.0.1:1", certificateAuthority: CERTIFICATE_THAT_SIGNED_NOTHING }),
  stop: () => Promise.resolve(),
  components: () => [],
  resume: () => Promise.resolve(),
};

/** Self-signed, subject "no control plane", so that whoever decodes it reads what it is. */
const CERTIFICATE_THAT_SIGNED_NOTHING = `-----BEGIN CERTIFICATE-----
MIIBjDCCATOgAwIBAgIUSrkR7aKGAmae8bi4y22inW5Us+QwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQbm8gY29udHJvbCBwbGFuZTAgFw0yNjExMjAxODM3NTNaGA8y
MTI2MTAyNzE4Mzc1M1owGzEZMBcGA1UEAwwQbm8gY29udHJvbCBwbGFuZTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABGaRjDu8wtYSJOddp0EsF0ZiamQbdC9zPbqV
elfrTbbXSnkxwoupwgFMYmkPTxyZdpIlfRD13oa3mwfITN2SH/SjUzBRMB0GA1Ud
DgQWBBRIUSYhfgcXPE3nmxXAfRowalVqnzAfBgNVHSMEGDAWgBRIUSYhfgcXPE3n
mxXAfRowalVqnzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCICyq
/eCLJ9QkVNhGTGqIf4sP81jv98030zxDNgAIspKmAiAO1LrSSCRxiZorzXHP4fbB
M/bYgedU+Zu6FwRI4JjIqA==
-----END CERTIFICATE-----
`;
