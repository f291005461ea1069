import { firstAddress } from "./service-address";

it.each([
  ["172.20.0.0/16", "172.20.0.1"],
  ["10.100.4.128/25", "10.100.4.129"],
  ["fd30:1c53:5f8a::/108", "fd30:1c53:5f8a::1"],
])("of %s is %s", (block, address) => {
  expect(firstAddress(block)).toBe(address);
});
