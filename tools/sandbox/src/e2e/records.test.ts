import { parseRecords } from "./records";

const set = (inside: string) => `<ResourceRecordSet>${inside}</ResourceRecordSet>`;

it("reads what Route 53 lists: names without the last dot, weights, and what an alias leads to", () => {
  const alias =
    "<AliasTarget><HostedZoneId>Z1</HostedZoneId><DNSName>k8s-pets.elb.example.com.</DNSName></AliasTarget>";
  const weighted = `<Name>shop.example.com.</Name><Type>A</Type><SetIdentifier>dev-a</SetIdentifier><Weight>0</Weight>${alias}`;
  const simple = "<Name>example.com.</Name><Type>NS</Type><TTL>60</TTL><ResourceRecords></ResourceRecords>";
  const listed = `<ResourceRecordSets>${set(weighted)}\n${set(simple)}</ResourceRecordSets>`;
  expect(parseRecords(listed)).toEqual([
    {
      name: "shop.example.com",
      type: "A",
      setIdentifier: "dev-a",
      weight: 0,
      alias: "k8s-pets.elb.example.com",
    },
    { name: "example.com", type: "NS", setIdentifier: undefined, weight: undefined, alias: undefined },
  ]);
});
