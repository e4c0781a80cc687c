import { assertEquals } from "@std/assert";
import { COLOURED } from "../../src/cli/style.ts";
import { type Column, drawTable } from "../../src/cli/table.ts";
import { displayWidth } from "../../src/cli/width.ts";

interface Row {
  readonly number: number;
  readonly name: string;
  readonly note: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { heading: "No.", cell: ({ number }) => `${number}`, align: "right" },
  { heading: "Name", cell: ({ name }) => name },
  { heading: "Note", cell: ({ note }) => note },
];

Deno.test("drawTable() makes columns as wide as they need to be", () => {
  const rows = [
    { number: 1, name: "tape", note: "x" },
    { number: 100, name: "磁带", note: "" },
    { number: 7, name: "cartridge", note: "last" },
  ];
  assertEquals(drawTable(rows, COLUMNS), [
    "No.  Name       Note",
    "  1  tape       x",
    "100  磁带",
    "  7  cartridge  last",
  ]);
});

Deno.test("drawTable() leaves out columns that are empty in every row", () => {
  assertEquals(drawTable([{ number: 1, name: "a", note: "" }], COLUMNS), [
    "No.  Name",
    "  1  a",
  ]);
});

Deno.test("drawTable() takes from the widest columns to fit the width", () => {
  const rows = [{
    number: 1,
    name: "a name of some length",
    note: "a very long remark indeed",
  }];
  assertEquals(drawTable(rows, COLUMNS, { width: 34, indent: "  " }), [
    "  No.  Name          Note",
    "    1  a name of s…  a very long …",
  ]);
});

Deno.test("drawTable() never cuts a column that is to stay whole", () => {
  const rows = [{ number: 1, name: "0123456789", note: "remark on it" }];
  const whole = COLUMNS.map((column) => ({
    ...column,
    whole: column.heading === "Name",
  }));
  assertEquals(
    drawTable(rows, whole, { width: 10 })[1],
    "  1  0123456789  remar…",
  );
});

Deno.test("drawTable() looks the same with colours as without", () => {
  const rows = [{ number: 1, name: "ab", note: "c" }];
  const plain = drawTable(rows, COLUMNS);
  const coloured = drawTable(
    rows,
    COLUMNS.map((column) => ({ ...column, paint: () => COLOURED.red })),
    { style: COLOURED },
  );
  assertEquals(coloured.map(displayWidth), plain.map(displayWidth));
});

Deno.test("drawTable() shows control characters of names as signs", () => {
  const rows = [{ number: 1, name: "a\x1b[31m", note: "" }];
  assertEquals(drawTable(rows, COLUMNS)[1], "  1  a\ufffd[31m");
});
