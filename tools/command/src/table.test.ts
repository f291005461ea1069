import { table } from "./table";

it("makes columns as wide as their widest cell", () => {
  const rows = [
    ["dev-network", "25"],
    ["dns", "4"],
  ];
  expect(table(["stack", "resources"], rows)).toEqual([
    "  stack        resources",
    "  -----------  ---------",
    "  dev-network  25",
    "  dns          4",
  ]);
});
