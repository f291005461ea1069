import { createServer, type Server } from "node:http";
import { ACCOUNT_ID, REGION } from "../eks-api/testing/landscape";
import { ClusterRecord, type StoredCluster } from "../eks-api/store";
import type { ActorCluster } from "./actor";
import { credentialsForPod, podTags } from "./pod-identity";
import type { SessionTags } from "./service-session";
import { listen } from "../loopback/listening";

const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/demarc/test/apps/petstore`;
const PETSTORE = { name: "petstore", namespace: "pets" };

function clusterNamed(name: string): ActorCluster {
  const arn = `arn:aws:eks:${REGION}:${ACCOUNT_ID}:cluster/${name}`;
  const record = new ClusterRecord({ name, arn } as StoredCluster, "arn:aws:iam::123456789012:role/deployer");
  return { name, region: REGION, accountId: ACCOUNT_ID, awsEndpoint: "http://127.0.0.1:1", record };
}

const cluster = clusterNamed("test-a");

const pod = (metadata: object, serviceAccountName = "petstore") => ({ metadata, spec: { serviceAccountName } });

function tagsOf(pods: readonly object[], reference = PETSTORE): Promise<SessionTags> {
  const list = () => Promise.resolve({ items: pods, resourceVersion: "1" }) as never;
  return podTags(cluster, { list }, reference);
}

const TAGS = {
  "eks-cluster-arn": cluster.record.cluster.arn,
  "eks-cluster-name": "test-a",
  "kubernetes-namespace": "pets",
  "kubernetes-service-account": "petstore",
  "kubernetes-pod-name": "petstore-1",
  "kubernetes-pod-uid": "uid-1",
};

describe("tags of a session", () => {
  it("say which pod of which service account of which cluster has it", async () => {
    const pods = [
      pod({ name: "other-1", uid: "uid-0" }, "other"),
      pod({ name: "petstore-0", uid: "uid-2", deletionTimestamp: "2026-01-01T00:00:00Z" }),
      pod({ name: "petstore-1", uid: "uid-1" }),
    ];
    expect(await tagsOf(pods)).toEqual(TAGS);
  });

  it("are none where no pod runs", async () => {
    await expect(tagsOf([pod({ name: "other-1" }, "other")])).rejects.toThrow(
      "no pod runs as service account pets/petstore",
    );
  });
});

describe("a role's credentials", () => {
  let server: Server;
  let cluster: ActorCluster;
  let code: string;

  beforeEach(async () => {
    server = createServer((_, response) => {
      const error = `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
      response.writeHead(403, { "content-type": "text/xml" }).end(error);
    });
    cluster = { ...clusterNamed("test-a"), awsEndpoint: `http://127.0.0.1:${String(await listen(server))}` };
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const ask = () => credentialsForPod(cluster, { RoleArn: ROLE, RoleSessionName: "pod" }, TAGS);

  it("are refused in EKS's words where STS says that the role does not trust it", async () => {
    code = "AccessDenied";
    await expect(ask()).rejects.toThrow(`does not have permissions to assume the associated role ${ROLE}`);
  });

  it("tell any other fault as it is", async () => {
    code = "RegionDisabledException";
    await expect(ask()).rejects.toMatchObject({ name: code });
  });
});
