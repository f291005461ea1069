import { createServer, type Server } from "node:http";
import { listen } from "../loopback/listening";
import { StateBucket } from "./bucket";

let server: Server | undefined;
afterEach(() => server?.close());

/** A bucket that lists these keys, and holds only some of them by the time that somebody looks. */
async function bucketOf(keys: readonly string[], held: Readonly<Record<string, object>>): Promise<StateBucket> {
  const listed = keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const object = held[pathname.replace("/states/", "")];
    if (searchParams.get("list-type") !== null) response.end(`<ListBucketResult>${listed}</ListBucketResult>`);
    else if (object !== undefined) response.end(JSON.stringify(object));
    else response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
  });
  const awsUrl = `http://127.0.0.1:${String(await listen(server))}`;
  return new StateBucket("states", { awsUrl, region: "eu-west-1" });
}

it("takes a lock that is released while it looks for released", async () => {
  const bucket = await bucketOf(["a.tfstate", "a.tfstate.tflock", "b.tfstate.tflock"], {
    "b.tfstate.tflock": { Created: "2026-01-01T00:00:00Z" },
  });
  expect(await bucket.locks()).toEqual([{ key: "b.tfstate.tflock", since: new Date("2026-01-01T00:00:00Z") }]);
});

it("takes a state that is deleted while it looks for deleted", async () => {
  const bucket = await bucketOf(["a.tfstate", "b.tfstate"], { "b.tfstate": { resources: [], outputs: {} } });
  expect((await bucket.states()).map(({ key }) => key)).toEqual(["b.tfstate"]);
});

it("gives a record that is one of several of its name with its identifier", async () => {
  const record = (fqdn: string, set_identifier: string) => ({ attributes: { fqdn, type: "A", set_identifier } });
  const instances = [record("one.example.com", ""), record("two.example.com", "dev-b-alb")];
  const resources = [{ mode: "managed", type: "aws_route53_record", instances }];
  const bucket = await bucketOf(["a.tfstate"], { "a.tfstate": { resources, outputs: {} } });
  const [state] = await bucket.states();
  expect(state?.records).toEqual(["one.example.com A", "two.example.com A dev-b-alb"]);
});
