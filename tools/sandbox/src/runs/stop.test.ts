import { Stop } from "./stop";

/** Work that counts how often it is interrupted. */
function work() {
  const interrupted = { times: 0 };
  const interrupt = () => {
    interrupted.times += 1;
    return Promise.resolve();
  };
  return { interrupted, interrupt };
}

it("interrupts all that is at work, once, however often it is told to stop", () => {
  let told = 0;
  const stop = new Stop(() => (told += 1));
  const [network, dns, done] = [work(), work(), work()];
  stop.interrupts(network.interrupt);
  stop.interrupts(dns.interrupt);
  stop.interrupts(done.interrupt)();

  process.emit("SIGINT");
  process.emit("SIGTERM");
  stop.off();

  expect([told, stop.told]).toEqual([1, true]);
  expect([network, dns, done].map(({ interrupted }) => interrupted.times)).toEqual([1, 1, 0]);
});

it("interrupts at once what was begun while the signal came", () => {
  const stop = new Stop(() => undefined);
  process.emit("SIGINT");
  const late = work();
  stop.interrupts(late.interrupt);
  stop.off();
  expect(late.interrupted.times).toBe(1);
});
