import { KubernetesClient } from "../controllers/kubernetes/client";
import { forbid } from "./testing/forbid";
import { createIn, createPod, makeNamespace, makeQuota, podSpec } from "./testing/objects";
import { runControlPlane, type RunningControlPlane } from "./testing/running-control-plane";

let running: RunningControlPlane;
let cluster: KubernetesClient;

beforeAll(async () => {
  running = await runControlPlane();
  cluster = new KubernetesClient(running.connection, "test");
  await makeNamespace(cluster, "shop");
});

afterAll(async () => {
  cluster.close();
  await running.stop();
});

describe("admission", () => {
  it("rejects a privileged pod where pod security is restricted", async () => {
    await makeNamespace(cluster, "restricted", { "pod-security.kubernetes.io/enforce": "restricted" });
    const privileged = podSpec({ securityContext: { privileged: true } });
    await expect(createPod(cluster, "restricted", "main", privileged)).rejects.toThrow(
      'violates PodSecurity "restricted',
    );
    // What only EKS's own bootstrap may do elsewhere is left to pod security, not forbidden by the API server.
    await expect(createPod(cluster, "shop", "privileged", privileged)).resolves.toBeDefined();
  });

  it("rejects a pod above the quota", async () => {
    await makeNamespace(cluster, "small");
    await makeQuota(cluster, "small", "quota", { hard: { pods: "1" } });
    await createPod(cluster, "small", "one", podSpec());
    await expect(createPod(cluster, "small", "two", podSpec())).rejects.toThrow("exceeded quota: quota");
  });

  it("gives a pod the limits of its namespace", async () => {
    await makeNamespace(cluster, "limited");
    const limits = [{ type: "Container", default: { memory: "64Mi" } }];
    await createIn(cluster, "limited", "/api/v1", "limitranges", { metadata: { name: "limits" }, spec: { limits } });
    expect(await createPod(cluster, "limited", "main", podSpec())).toMatchObject({
      spec: { containers: [{ resources: { limits: { memory: "64Mi" } } }] },
    });
  });

  it("asks no webhook, for nobody would answer", async () => {
    const webhook = {
      name: "all.example.com",
      clientConfig: { service: { namespace: "shop", name: "missing" } },
      rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["configmaps"] }],
      failurePolicy: "Fail",
      sideEffects: "None",
      admissionReviewVersions: ["v1"],
    };
    const path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    await cluster.server.ask(path, { method: "POST", body: { metadata: { name: "all" }, webhooks: [webhook] } });
    // By the time that it minds a policy that was made later, it would mind the webhook too.
    await forbid(cluster, "later");
    await expect(
      createIn(cluster, "shop", "/api/v1", "configmaps", { metadata: { name: "taken" } }),
    ).resolves.toBeDefined();
  });

  it("minds a ValidatingAdmissionPolicy", async () => {
    expect(await forbid(cluster, "forbidden")).toContain("this name is forbidden");
  });
});
