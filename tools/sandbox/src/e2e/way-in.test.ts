import type { DnsRecord } from "./records";
import { requested } from "./way-in";

const record = (name: string, weight = 100, type = "A"): DnsRecord => ({
  name: `${name}.example.com`,
  type,
  setIdentifier: name,
  weight,
  alias: undefined,
});
const wildcard = record(String.raw`\052`);

const answers = (...records: DnsRecord[]) =>
  requested(records, "shop.example.com").map(({ setIdentifier }) => setIdentifier);

describe("Route 53 answers for a host name", () => {
  it("with its own records that have a weight", () => {
    expect(answers(record("shop"), record("shop", 0), record("pets"))).toEqual(["shop"]);
  });

  it("with the wildcard above it where it has none", () => {
    expect(answers(wildcard, record("pets"))).toEqual([wildcard.setIdentifier]);
  });

  it("with nothing of the wildcard where it has one of any type and weight", () => {
    expect(answers(wildcard, record("shop", 0))).toEqual([]);
    expect(answers(wildcard, record("shop", 100, "TXT"))).toEqual([]);
  });
});
