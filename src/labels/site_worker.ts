/**
 * What runs in the thread of a site's library: it imports the module, tells
 * its shape, and passes questions on. It is kept as text and started by a
 * `data:` URL, because bundles and compiled binaries have no file for it.
 *
 * Written without types and imports: this text is not compiled.
 *
 * @module
 */
const SOURCE = `
let library;
const KEYS = ["name", "description", "reach", "maxMediaLabel", "claimMediaLabel"];
async function load(url) {
  const module = await import(url);
  library = module.default ?? module;
  const shape = {};
  for (const key of KEYS) {
    const value = library[key];
    shape[key] = typeof value === "function" ? { isFunction: true } : { value };
  }
  if (shape.maxMediaLabel.isFunction) shape.size = library.maxMediaLabel();
  return shape;
}
async function claim({ bytes, blocks }) {
  // The signal of the contract; when time is over, this thread is ended.
  const { signal } = new AbortController();
  return await library.claimMediaLabel(bytes, { blocks, signal });
}
self.onmessage = async ({ data: { id, url, question } }) => {
  try {
    const value = await (url === undefined ? claim(question) : load(url));
    self.postMessage({ id, value });
  } catch (error) {
    let message = "it threw something that cannot be shown";
    try {
      message = String(error?.message ?? error);
    } catch { /* The message above has to do. */ }
    self.postMessage({ id, error: message });
  }
};
`;

/** The module that the thread starts with. */
export const SITE_WORKER_URL: string = `data:text/javascript,${
  encodeURIComponent(SOURCE)
}`;
