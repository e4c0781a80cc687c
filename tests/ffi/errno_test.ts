import { assertEquals } from "@std/assert";
import { constants } from "node:os";
import { checkResult, ErrnoError, errnoName } from "../../ffi/errno.ts";

Deno.test("errnoName() agrees with the runtime's own numbers", () => {
  const aliases: Record<string, string> = {
    EWOULDBLOCK: "EAGAIN",
    ENOTSUP: "EOPNOTSUPP",
  };
  for (const [name, number] of Object.entries(constants.errno)) {
    assertEquals(errnoName(number), aliases[name] ?? name);
  }
});

Deno.test("errnoName() knows what a changer's driver says", () => {
  assertEquals(
    [52, 54, 56, 57, 123].map(errnoName),
    ["EBADE", "EXFULL", "EBADRQC", "EBADSLT", "ENOMEDIUM"],
  );
  assertEquals(errnoName(4095), "errno 4095");
});

Deno.test("ErrnoError tells the act, the object and the reason", () => {
  const error = new ErrnoError(13, {
    syscall: "open",
    act: "open",
    path: "/dev/sg3",
  });
  assertEquals(
    error.message,
    'Cannot open "/dev/sg3": permission denied; `ls -l` shows the group ' +
      "that may use it (EACCES)",
  );
  assertEquals(
    [error.name, error.errno, error.code, error.syscall, error.path],
    ["ErrnoError", 13, "EACCES", "open", "/dev/sg3"],
  );
});

Deno.test("checkResult() gives what is not negative", () => {
  const call = { syscall: "open", act: "open" };
  assertEquals([0, 7].map((result) => checkResult(result, call)), [0, 7]);
});
