import { canonical } from "@demarc/shared/quantity";
import fc from "fast-check";
import { KubernetesClient } from "../controllers/kubernetes/client";
import { kinds } from "../controllers/kubernetes/kinds";
import { type RunningControlPlane, runControlPlane } from "./testing/running-control-plane";

let cluster: RunningControlPlane;

beforeAll(async () => {
  cluster = await runControlPlane();
});

afterAll(() => cluster.stop());

const amount = fc.oneof(
  fc.integer({ min: 1, max: 999_999 }),
  fc.integer({ min: 1, max: 999 }).map((amount) => amount * 1000),
  fc.integer({ min: 1, max: 999 }).map((amount) => amount * 1024),
);
const memory = fc.tuple(amount, fc.constantFrom("k", "M", "G", "Ki", "Mi", "Gi")).map(([of, unit]) => `${of}${unit}`);
const cpu = fc.oneof(
  amount.map((thousandths) => `${thousandths}m`),
  amount.map((thousandths) => (thousandths / 1000).toFixed(3)),
  amount.map(String),
);

type Requests = Readonly<Record<"cpu" | "memory", string>>;

const inCanonicalForm = ({ cpu, memory }: Requests): Requests => ({ cpu: canonical(cpu), memory: canonical(memory) });

/** What the API server answers, of containers that request this. */
async function answered(name: string, requested: readonly Requests[]): Promise<unknown[] | undefined> {
  const kubernetes = new KubernetesClient(cluster.connection, "test");
  const matchLabels = { app: name };
  const containers = requested.map((requests, index) => ({ name: `c${index}`, image: "a", resources: { requests } }));
  const template = { metadata: { labels: matchLabels }, spec: { containers } };
  const metadata = { name, namespace: "default" };
  const spec = { replicas: 0, selector: { matchLabels }, template };
  const created = await kubernetes.create(kinds.deployments, { metadata, spec });
  kubernetes.close();
  return created.spec.template.spec?.containers.map(({ resources }) => resources?.requests);
}

const written = fc.sample(fc.record({ cpu, memory }), { numRuns: 300, seed: 1 });

it("a quantity in canonical form is what the API server answers: no plan sees a difference", async () => {
  const requested = written.map(inCanonicalForm);
  expect(await answered("canonical", requested)).toEqual(requested);
});

it("any other is of the same canonical form as what the API server makes of it", async () => {
  const made = (await answered("any", written)) as Requests[];
  expect(made.map(inCanonicalForm)).toEqual(written.map(inCanonicalForm));
  // It leaves some as they are, such as "4.096"; but not "1.5".
  expect(made).not.toEqual(written);
});
