import { serviceAddress } from "./service-address";

it.each([
  ["172.20.0.0/16", 1, "172.20.0.1"],
  ["10.100.4.128/25", 10, "10.100.4.138"],
  ["fd30:1c53:5f8a::/108", 10, "fd30:1c53:5f8a::a"],
])("of %s, number %s, is %s", (block, number, address) => {
  expect(serviceAddress(block, number)).toBe(address);
});
