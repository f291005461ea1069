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

  it("counts the processor's time apart from the time that passes, where the system does", async () => {
    const busy = await node(
      "const used = () => process.cpuUsage().user + process.cpuUsage().system; const end = used() + 4e5; while (used() < end);",
    );
    const waiting = await node("setTimeout(() => {}, 1000)");
    expect(busy.cpuSeconds === undefined).toBe(process.platform !== "linux");
    expect(busy.cpuSeconds ?? 1).toBeGreaterThan(0.3);
    expect(waiting.cpuSeconds ?? 0).toBeLessThan(1);
  });

  it("keeps what was printed, for figures that the process gives itself", async () => {
    expect((await node("console.log('ready in 2.9 s')")).printed).toBe("ready in 2.9 s\n");
  });

  it("is none of a process that fails: it says what that printed", async () => {
    await expect(node("console.error('no such zone'); process.exit(3)")).rejects.toThrow("no such zone");
  });
});

describe("a summary", () => {
  it("gives fastest, median and slowest, the median of processor time, and the most memory", () => {
    const runs = [
      { seconds: 3, peakMb: 10, cpuSeconds: 9 },
      { seconds: 1, peakMb: 30, cpuSeconds: 0.5 },
      { seconds: 2, cpuSeconds: 1 },
    ];
    expect(summarize(runs)).toEqual({ fastest: 1, median: 2, slowest: 3, cpuSeconds: 1, peakMb: 30 });
    expect(summarize([{ seconds: 2 }])).toEqual({ fastest: 2, median: 2, slowest: 2 });
  });
});
