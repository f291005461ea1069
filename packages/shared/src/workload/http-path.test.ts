import fc from "fast-check";
import { HTTP_PATH } from "./http-path";

const form = new RegExp(HTTP_PATH);

it.each(["/", "/healthz", "/healthz/", "/a/b?full=1&x=/y", "/?ready", "/%7Euser", "/a;v=1"])("%s is a path", (path) => {
  expect(path).toMatch(form);
});

it.each(["", "healthz", "//host/path", "/a//b", "/a b", "/a#b", "/${path.cwd}", "/%{http_code}", "/%7", "/ä", "/a\nb"])(
  "%j is none",
  (path) => {
    expect(path).not.toMatch(form);
  },
);

it("what is a path leads to the pod, whoever reads it", () => {
  const text = fc.stringMatching(/^\/[ -~]{0,12}$/);
  fc.assert(
    fc.property(text, (path) => {
      fc.pre(form.test(path));
      const { host, hash } = new URL(path, "http://pod");
      expect([host, hash]).toEqual(["pod", ""]);
    }),
  );
});
