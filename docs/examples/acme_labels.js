/**
 * A media label library: recognizes tapes that start with "ACME-TAPE 0000123".
 * Use it with `rsm serve --media-label-library docs/examples/acme_labels.js`.
 *
 * @module
 */

/** The label has ten characters, then seven digits. */
const LABEL_BYTES = 17;

/** @type {import("@ntms/rsm").MediaLabelLibrary} */
const acme = {
  name: "ACME",
  description: "Tapes of the ACME archive program",
  maxMediaLabel: () => LABEL_BYTES,
  claimMediaLabel(bytes) {
    const text = new TextDecoder("latin1").decode(bytes);
    const number = /^ACME-TAPE (\d{7})$/.exec(text)?.[1];
    if (number === undefined) return { status: "ERROR_BAD_FORMAT" };
    return {
      status: "NO_ERROR",
      label: {
        LabelType: "ACME",
        LabelID: new TextEncoder().encode(number),
        LabelAppDescr: `ACME tape ${Number(number)}`,
      },
    };
  },
};

export default acme;
