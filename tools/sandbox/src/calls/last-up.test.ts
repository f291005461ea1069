import { writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../testing/temporary-folder";
import { keepLastUp, readLastUp, shareLine } from "./last-up";

const at = (time: string) => new Date(`2026-01-01T${time}:00.000Z`);
const kept = { endedAt: at("12:00").toISOString(), seconds: 500, judging: 20 };
const place = () => ({ lastUp: path.join(temporaryFolder("last-up"), "last-up.json") });

it("is told with the share that judging took of it", () => {
  expect(shareLine(kept)).toBe("Of the last up, 500 s, judging took 20.0 s at most: 4.0 %.");
});

it("is that of the servers that run", () => {
  const layout = place();
  keepLastUp(layout, kept);
  expect(readLastUp(layout, at("11:00"))).toEqual(kept);
  expect(readLastUp(layout, at("13:00"))).toBeUndefined();
});

it("is none where none is kept, or what is kept cannot be read", () => {
  const layout = place();
  expect(readLastUp(layout, at("11:00"))).toBeUndefined();
  writeFileSync(layout.lastUp, "{");
  expect(readLastUp(layout, at("11:00"))).toBeUndefined();
});
