import { measure, summarize } from "./measure";

const node = (script: string) => measure({ command: process.execPath, args: ["-e", script], cwd: "." });

describe("a measure", () => {
  it("is of the whole run: a process that waits takes longer than one that does not", async () => {
    const [quick, slow] = [await node(""), await node("setTimeout(() => {}, 1500)")];
    expect(slow.seconds).toBeGreaterThan(1.5);
    expect(slow.seconds).toBeGreaterThan(quick.seconds);
  });

  it("sees the most memory that the process ever had, where the system counts it", async () => {
    const { peakMb } = await node("const b = Buffer.alloc(200e6, 1); setTimeout(() => b, 300)");
    expect(peakMb ?? (process.platform === "linux" ? 0 : Infinity)).toBeGreaterThan(200);
  });

  it("keeps what was printed, for figures that the process gives itself", async () => {
    expect((await node("console.log('ready in 2.9 s')")).printed).toBe("ready in 2.9 s\n");
  });

  it("is none of a process that fails: it says what that printed", async () => {
    await expect(node("console.error('no such zone'); process.exit(3)")).rejects.toThrow("no such zone");
  });
});

describe("a summary", () => {
  it("gives fastest, median and slowest, and the most memory", () => {
    const runs = [{ seconds: 3, peakMb: 10 }, { seconds: 1, peakMb: 30 }, { seconds: 2 }];
    expect(summarize(runs)).toEqual({ fastest: 1, median: 2, slowest: 3, peakMb: 30 });
  });
});
