import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreatePodIdentityAssociationCommand } from "@aws-sdk/client-eks";
import { findGo } from "../../go/go";
import { goModules } from "../../go/modules";
import { layoutOf } from "../../layout";
import { installed } from "../addon";
import { kinds } from "../kubernetes/kinds";
import { installController } from "../testing/controller-deployment";
import { runCluster, type RunningCluster, until } from "../testing/running-cluster";
import { externalDns } from "./external-dns";
import { ExternalDnsBinary, externalDnsProgram } from "./program";

const ROOT = path.resolve(__dirname, "../../../../..");
const CONTROLLER = { name: "external-dns", namespace: "kube-system" };
const DOMAIN = "dev.example.com";

/** Annotations that ExternalDNS does not read under the platform's prefix. */
const STOLEN = {
  "external-dns.alpha.kubernetes.io/hostname": `by-alpha.${DOMAIN}`,
  "external-dns.alpha.kubernetes.io/target": "203.0.113.1",
  "external-dns.kubernetes.io/hostname": `by-default.${DOMAIN}`,
};

/** What an app's Ingress says of its record (packages/shared/src/environment/dns-record.ts). */
const RECORD = { "external-dns.demarc/set-identifier": "dev-a-alb-ingress", "external-dns.demarc/aws-weight": "100" };
/** The record of the same app in another cluster. */
const OTHERS = "dev-b-alb-ingress";

let cluster: RunningCluster;
let zone: string;
let folder: string;

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const layout = layoutOf(ROOT, process.env);
  const go = await findGo(goModules(), process.env);
  if ("lacking" in go) throw new Error(go.lacking);
  const program = externalDnsProgram(layout, go);
  await program.build(console.log, process.env);
  folder = mkdtempSync(path.join(tmpdir(), "demarc-external-dns-"));
  const binary = new ExternalDnsBinary(program, console.error, process.env);
  const places = { clusters: folder, logs: folder };
  cluster = await runCluster([(acting) => installed(externalDns(acting, binary, places), acting)], ["dns"]);
  const made = await route53(
    "POST",
    "hostedzone",
    `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${DOMAIN}</Name><CallerReference>test</CallerReference></CreateHostedZoneRequest>`,
  );
  zone = /<Id>\/hostedzone\/([^<]+)<\/Id>/.exec(made)?.[1] ?? "";
});

afterAll(async () => {
  try {
    await cluster.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Route 53 of the local AWS, in its own XML. */
async function route53(method: string, resource: string, body?: string): Promise<string> {
  const scope = "test/20000101/us-east-1/route53/aws4_request";
  const answer = await fetch(`${cluster.aws.url}/2013-04-01/${resource}`, {
    method,
    headers: {
      host: "route53.amazonaws.com",
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    },
    ...(body === undefined ? {} : { body }),
  });
  return answer.text();
}

/** `<type> <name>` of the zone's records, without those that every zone has. */
async function records(): Promise<string[]> {
  const answer = await route53("GET", `hostedzone/${zone}/rrset`);
  return [...answer.matchAll(/<Name>([^<]+)<\/Name>\s*<Type>([^<]+)<\/Type>/g)]
    .map(([, name = "", type = ""]) => `${type} ${name}`)
    .filter((record) => !/^(NS|SOA) /.test(record))
    .sort();
}

/** Identifiers and weights of the zone's A records. */
async function weights(): Promise<string[]> {
  const answer = await route53("GET", `hostedzone/${zone}/rrset`);
  return [...answer.matchAll(/<ResourceRecordSet>([^]*?)<\/ResourceRecordSet>/g)]
    .map(([, set = ""]) => set)
    .filter((set) => set.includes("<Type>A</Type>"))
    .map((set) => `${valueIn(set, "SetIdentifier")} ${valueIn(set, "Weight")}`)
    .sort();
}

const valueIn = (xml: string, tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? "none";

/** As another cluster's ExternalDNS has made it. */
async function addRecordOfAnotherCluster(name: string): Promise<void> {
  await route53(
    "POST",
    `hostedzone/${zone}/rrset`,
    `<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet><Name>${name}.${DOMAIN}</Name><Type>A</Type><SetIdentifier>${OTHERS}</SetIdentifier><Weight>50</Weight><AliasTarget><HostedZoneId>Z14GRHDCWA56QT</HostedZoneId><DNSName>other.ap-northeast-1.elb.amazonaws.com</DNSName><EvaluateTargetHealth>true</EvaluateTargetHealth></AliasTarget></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`,
  );
}

async function install(): Promise<void> {
  const args = [
    "--log-level=info",
    "--interval=5m",
    "--events",
    "--min-event-sync-interval=1s",
    "--source=ingress",
    "--policy=sync",
    "--registry=txt",
    `--txt-owner-id=${cluster.name}`,
    `--domain-filter=${DOMAIN}`,
    "--managed-record-types=A",
    "--managed-record-types=AAAA",
    "--provider=aws",
    `--zone-id-filter=${zone}`,
    "--ingress-class=alb-pets",
    "--ingress-class=alb-shop",
    "--txt-wildcard-replacement=any",
    "--annotation-prefix=external-dns.demarc/",
  ];
  await installController(cluster.kubernetes, {
    name: CONTROLLER.name,
    args,
    chart: CONTROLLER.name,
    env: [
      { name: "AWS_REGION", value: "ap-northeast-1" },
      { name: "EXTERNAL_DNS_IGNORE_INGRESS_TLS_SPEC", value: "true" },
    ],
  });
}

/** An Ingress whose load balancer is there. @param host its first label */
async function expose(name: string, host = name): Promise<void> {
  const ingress = { name, namespace: "default" };
  const backend = { service: { name, port: { number: 80 } } };
  await cluster.kubernetes.apply(kinds.ingresses, {
    metadata: { ...ingress, annotations: { ...STOLEN, ...RECORD } },
    spec: {
      ingressClassName: "alb-shop",
      tls: [{ hosts: [`by-tls.${DOMAIN}`] }],
      rules: [{ host: `${host}.${DOMAIN}`, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
    },
  });
  const hostname = "k8s-deva-0123456789-1.ap-northeast-1.elb.amazonaws.com";
  await cluster.kubernetes.patchStatus(kinds.ingresses, ingress, {
    status: { loadBalancer: { ingress: [{ hostname }] } },
  });
}

const log = () => {
  const file = path.join(folder, `${cluster.name}-external-dns.log`);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

const starts = () => log().split("Created Kubernetes client").length - 1;

it("is not run without a role", async () => {
  await install();
  await until("it was looked at", () =>
    Promise.resolve(JSON.stringify(vi.mocked(console.error).mock.calls).includes("no credentials")),
  );
  expect(log()).toBe("");
});

it("writes an Ingress's records and none that its annotations or TLS name, and takes them away with it", async () => {
  const { name: serviceAccount, namespace } = CONTROLLER;
  const roleArn = cluster.landscape.role("dns");
  await cluster.eks.send(
    new CreatePodIdentityAssociationCommand({ clusterName: cluster.name, namespace, serviceAccount, roleArn }),
  );
  await expose("petstore");
  await until("the records are there", async () => (await records()).length > 0);
  expect(await records()).toEqual([
    "A petstore.dev.example.com.",
    "AAAA petstore.dev.example.com.",
    "TXT aaaa-petstore.dev.example.com.",
    // An A record that is an alias is what ExternalDNS has CNAMEs as.
    "TXT cname-petstore.dev.example.com.",
  ]);
  await cluster.kubernetes.delete(kinds.ingresses, { name: "petstore", namespace: "default" });
  await until("the records have gone", async () => (await records()).length === 0);
});

it("writes a wildcard, with a record of its owner that has no asterisk, and knows it again when it is to go", async () => {
  await expose("every-name", "*");
  await until("the records are there", async () => (await records()).length > 0);
  expect(await records()).toEqual([
    "A \\052.dev.example.com.",
    "AAAA \\052.dev.example.com.",
    "TXT aaaa-any.dev.example.com.",
    "TXT cname-any.dev.example.com.",
  ]);
  await cluster.kubernetes.delete(kinds.ingresses, { name: "every-name", namespace: "default" });
  await until("the records have gone", async () => (await records()).length === 0);
});

it("writes a record beside that of another cluster, and takes away its own alone", async () => {
  // Another name than the one above: the local AWS refuses a record that is as one was before, while its name is taken.
  await addRecordOfAnotherCluster("storefront");
  await expose("storefront");
  await until("the record is there", async () => (await weights()).length > 1);
  expect(await weights()).toEqual(["dev-a-alb-ingress 100", `${OTHERS} 50`]);
  await cluster.kubernetes.delete(kinds.ingresses, { name: "storefront", namespace: "default" });
  await until("the record has gone", async () => (await weights()).length === 1);
  expect(await weights()).toEqual([`${OTHERS} 50`]);
});

it("ends when its Deployment has no pod any more", async () => {
  await cluster.kubernetes.patch(kinds.deployments, CONTROLLER, { spec: { replicas: 0 } });
  await until("it has ended", () => Promise.resolve(log().includes("Received SIGTERM. Terminating...")));
  await cluster.kubernetes.patch(kinds.deployments, CONTROLLER, { spec: { replicas: 1 } });
  await until("it runs again", () => Promise.resolve(starts() === 2));
  expect(starts()).toBe(2);
});
