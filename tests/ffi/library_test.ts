import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import type { EmbeddedLibrary } from "../../ffi/embedded.ts";
import { NativeLibraryError } from "../../ffi/mod.ts";
import { openLibrary } from "../../ffi/library.ts";
import {
  hostSurroundings,
  type LibrarySurroundings,
  locateLibrary,
} from "../../ffi/locate.ts";
import { embed, machineOf } from "../../tools/embed_native.ts";
import {
  compileLibrary,
  compiler,
  inWorkers,
  runDeno,
  TestDirectory,
} from "./_build.ts";

const EBADF = 9;
const BUILT = new URL("../../native/build/librsm.so", import.meta.url);

/** Text, as comparing arrays byte by byte takes seconds. */
async function bytesOf(path: string | URL): Promise<string> {
  return new TextDecoder("latin1").decode(await Deno.readFile(path));
}

/** The built library as `tools/embed_native.ts` embeds it. */
async function embeddedLibrary(): Promise<EmbeddedLibrary> {
  const module = embed(
    await Deno.readTextFile(new URL("../../ffi/embedded.ts", import.meta.url)),
    1,
    [await Deno.readFile(BUILT)],
  );
  const list = /EmbeddedLibrary\[\] = (\[[^]*\]);/.exec(module)?.[1] ?? "[]";
  return JSON.parse(list)[0];
}

function surroundings(
  parts: Partial<LibrarySurroundings>,
): LibrarySurroundings {
  return {
    override: undefined,
    moduleUrl: "https://jsr.io/@ntms/rsm/0.1.0/ffi/locate.ts",
    embedded: [],
    arch: Deno.build.arch,
    cacheDirectory: () => {
      throw new Error("the cache is not asked for");
    },
    ...parts,
  };
}

function inCache(
  embedded: EmbeddedLibrary,
  directory: string,
): LibrarySurroundings {
  return surroundings({
    embedded: [embedded],
    cacheDirectory: () => directory,
  });
}

Deno.test("the library is small enough to travel inside a module", async () => {
  assertLessOrEqual((await Deno.stat(BUILT)).size, 64 * 1024);
});

Deno.test("RSM_NATIVE comes first, and nothing else when it is wrong", async () => {
  const moduleUrl = import.meta.resolve("../../ffi/locate.ts");
  const override = "/nonexistent/librsm.so";
  assertEquals(locateLibrary(surroundings({ override, moduleUrl })), override);
  const error = assertThrows(() => openLibrary(override), NativeLibraryError);
  assertStringIncludes(error.message, `"${override}"`);
  assertInstanceOf(error.cause, Error);
  await assertRejects(
    () => runDeno("./_handle_child.ts", ["1", "1"], { RSM_NATIVE: override }),
    Error,
    override,
  );
});

Deno.test("native/build beside the source comes second", () => {
  const moduleUrl = import.meta.resolve("../../ffi/locate.ts");
  assertEquals(locateLibrary(surroundings({ moduleUrl })), BUILT.pathname);
});

Deno.test("where there is none, the error says where was looked and what to do", () => {
  using directory = new TestDirectory();
  const moduleUrl = `file://${directory.path}/with%20space/ffi/locate.ts`;
  const error = assertThrows(
    () => locateLibrary(surroundings({ moduleUrl, arch: "riscv64" })),
    NativeLibraryError,
  );
  assertMatch(
    error.message,
    /RSM_NATIVE.*\/with space\/native\/build\/librsm\.so.*riscv64.*make -C native/,
  );
});

Deno.test("the embedded copy comes last: private, named by its hash, written once", async () => {
  using directory = new TestDirectory();
  const embedded = await embeddedLibrary();
  const path = locateLibrary(inCache(embedded, directory.path));
  assertEquals(path, `${directory.path}/rsm/librsm-${embedded.sha256}.so`);
  assert(await bytesOf(path) === await bytesOf(BUILT));
  const mode = async (name: string) =>
    ((await Deno.stat(name)).mode ?? 0) & 0o777;
  assertEquals(await mode(`${directory.path}/rsm`), 0o700);
  assertEquals(await mode(path), 0o700);
  const { ino } = await Deno.stat(path);
  assertEquals(locateLibrary(inCache(embedded, directory.path)), path);
  assertEquals((await Deno.stat(path)).ino, ino);
  const library = openLibrary(path);
  assertEquals(await library.symbols.rsm_close(-1), -EBADF);
  library.close();
  const names = await Array.fromAsync(Deno.readDir(`${directory.path}/rsm`));
  assertEquals(names.length, 1);
});

Deno.test("a copy in the cache that was tampered with is replaced", async () => {
  using directory = new TestDirectory();
  const embedded = await embeddedLibrary();
  const bytes = await bytesOf(BUILT);
  const path = locateLibrary(inCache(embedded, directory.path));
  const elsewhere = `${directory.path}/elsewhere`;
  const tamperings: Record<string, () => Promise<void>> = {
    "other bytes": () => Deno.writeTextFile(path, "not the library"),
    "writable by others": () => Deno.chmod(path, 0o777),
    "a link": async () => {
      await Deno.rename(path, elsewhere);
      await Deno.symlink(elsewhere, path);
    },
  };
  for (const [what, tamper] of Object.entries(tamperings)) {
    await tamper();
    locateLibrary(inCache(embedded, directory.path));
    const info = await Deno.lstat(path);
    assertEquals([info.isFile, (info.mode ?? 0) & 0o777], [true, 0o700], what);
    assert(await bytesOf(path) === bytes, what);
  }
});

Deno.test("a cache directory that others may enter, or a link, is refused", async () => {
  using directory = new TestDirectory();
  const embedded = await embeddedLibrary();
  await Deno.mkdir(`${directory.path}/rsm`, { mode: 0o700 });
  await Deno.chmod(`${directory.path}/rsm`, 0o770);
  const locate = () => locateLibrary(inCache(embedded, directory.path));
  assertStringIncludes(
    assertThrows(locate, NativeLibraryError).message,
    "mode 0700",
  );
  await Deno.remove(`${directory.path}/rsm`);
  await Deno.mkdir(`${directory.path}/real`, { mode: 0o700 });
  await Deno.symlink(`${directory.path}/real`, `${directory.path}/rsm`);
  assertThrows(locate, NativeLibraryError);
});

Deno.test("an embedded copy for another ABI is refused", async () => {
  using directory = new TestDirectory();
  const embedded = await embeddedLibrary();
  const refusal = (changed: Partial<EmbeddedLibrary>) =>
    assertThrows(
      () => locateLibrary(inCache({ ...embedded, ...changed }, directory.path)),
      NativeLibraryError,
    ).message;
  assertMatch(refusal({ abi: 7 }), /ABI version 7.* needs 1/);
});

Deno.test({
  name: "a library of another ABI is refused by name and number",
  ignore: compiler === undefined,
  fn() {
    using directory = new TestDirectory();
    const path = `${directory.path}/librsm.so`;
    compileLibrary("int rsm_abi_version(void) { return 2; }", path);
    const error = assertThrows(() => openLibrary(path), NativeLibraryError);
    assertMatch(error.message, /"[^"]*\/librsm\.so".*ABI version 2.* needs 1/);
    const empty = `${directory.path}/empty.so`;
    compileLibrary("int unrelated;", empty);
    const other = assertThrows(() => openLibrary(empty), NativeLibraryError);
    assertStringIncludes(other.message, "rsm_abi_version");
  },
});

Deno.test("Workers that unpack the embedded copy at once share one table", async () => {
  using directory = new TestDirectory();
  const embedded = await embeddedLibrary();
  const message = { embedded, cacheDirectory: directory.path };
  const handles = await inWorkers<bigint>(
    "./_unpack_worker.ts",
    Array.from({ length: 8 }, () => message),
  );
  const path = locateLibrary(inCache(embedded, directory.path));
  const library = openLibrary(path);
  const native = library.symbols;
  for (const handle of handles) {
    const byte = new Uint8Array(1);
    assertEquals(native.rsm_handle_acquire(handle, 1, byte, 1), 1);
    assertEquals(native.rsm_handle_release(handle, 1), 0);
    assertEquals(native.rsm_handle_close(handle, 1), 0);
  }
  library.close();
});

Deno.test("importing needs no permission, using one file only its own", async () => {
  assertEquals(await runDeno("./_import_child.ts", [], {}, []), "imported");
  const file = BUILT.pathname;
  const answer = await runDeno("./_handle_child.ts", ["1", "1"], {}, [
    `--allow-ffi=${file}`,
    `--allow-read=${file}`,
  ]);
  assertMatch(answer, /^EBADF \d+$/);
  await assertRejects(
    () => runDeno("./_handle_child.ts", ["1", "1"], {}, []),
    Error,
    "NotCapable",
  );
});

Deno.test("hostSurroundings() is this machine", () => {
  assertEquals(hostSurroundings().arch, Deno.build.arch);
  assertNotEquals(hostSurroundings().moduleUrl, "");
});

Deno.test("machineOf() tells the machine of a library and refuses other files", async () => {
  const bytes = await Deno.readFile(BUILT);
  assertEquals(machineOf(bytes), Deno.build.arch);
  const arm = bytes.slice(0, 20);
  arm.set([183, 0], 18);
  assertEquals(machineOf(arm), "aarch64");
  assertThrows(() => machineOf(new Uint8Array(64)), TypeError, "ELF");
  assertThrows(() => machineOf(bytes.subarray(0, 10)), TypeError, "ELF");
  arm.set([8, 0], 18);
  assertThrows(() => machineOf(arm), TypeError, "machine 8");
});
