/**
 * Where a service is: the forms a server name may have, and addresses as
 * short texts that can be handed to another Worker.
 *
 * @module
 */

import { NtmsError } from "../model/mod.ts";
import { DEFAULT_PORT } from "../protocol/mod.ts";

/** Where a service listens. */
export type Address =
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp"; readonly hostname: string; readonly port: number }
  | { readonly kind: "process"; readonly key: string };

/** What a server name means: the service of this computer, or one over TCP. */
export type ServerName =
  | { readonly kind: "local" }
  | { readonly kind: "tcp"; readonly hostname: string; readonly port: number };

const LONGEST_NAME = 253;
const HIGHEST_PORT = 65_535;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;
const IPV4 =
  /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

/**
 * Reads a server name: a host name, an IPv4 address, or an IPv6 address in
 * brackets, each with a port or without, and with two backslashes before it
 * or without.
 *
 * @param server The name; empty, absent, "." and "localhost" mean this computer.
 * @param ownName Gives this computer's host name, where it may be known.
 * @throws {NtmsError} ERROR_INVALID_COMPUTERNAME when it has none of these forms.
 */
export function parseServerName(
  server: string | null | undefined,
  ownName: () => string | undefined = () => undefined,
): ServerName {
  if (server === undefined || server === null || server === "") {
    return { kind: "local" };
  }
  const name = server.startsWith("\\\\") ? server.slice(2) : server;
  if (name === ".") return { kind: "local" };
  const { host, port } = splitPort(server, name);
  if (port === null && isThisComputer(host, ownName)) return { kind: "local" };
  return {
    kind: "tcp",
    hostname: checkHost(server, host),
    port: port ?? DEFAULT_PORT,
  };
}

function splitPort(
  server: string,
  name: string,
): { host: string; port: number | null } {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(name);
  if (match === null) {
    throw invalidName(server, "an IPv6 address stands in brackets");
  }
  const [, host = "", port] = match;
  if (port === undefined) return { host, port: null };
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > HIGHEST_PORT) {
    throw invalidName(server, `the port is a number from 1 to ${HIGHEST_PORT}`);
  }
  return { host, port: Number(port) };
}

function isThisComputer(
  host: string,
  ownName: () => string | undefined,
): boolean {
  const name = host.toLowerCase();
  return name === "localhost" || name === ownName()?.toLowerCase();
}

function checkHost(server: string, host: string): string {
  if (host.startsWith("[")) {
    const address = host.slice(1, -1);
    if (isIpv6(address)) return address;
    throw invalidName(server, "what is in brackets is no IPv6 address");
  }
  const labels = (host.endsWith(".") ? host.slice(0, -1) : host).split(".");
  // A name that ends in a number is an IPv4 address or nothing.
  if (/^\d+$/.test(labels.at(-1) ?? "")) {
    if (IPV4.test(host)) return host;
    throw invalidName(server, "it is no IPv4 address");
  }
  if (host.length > LONGEST_NAME || !labels.every((it) => LABEL.test(it))) {
    throw invalidName(
      server,
      "a host name is parts of letters, digits and hyphens, with dots between",
    );
  }
  return host;
}

function isIpv6(address: string): boolean {
  return /^[0-9a-f:.]+$/i.test(address) &&
    URL.canParse(`http://[${address}]/`);
}

function invalidName(server: string, reason: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_COMPUTERNAME",
    `Cannot open a session with server ${
      JSON.stringify(server.slice(0, LONGEST_NAME))
    }: ${reason}`,
    { data: { server } },
  );
}

/** Whether an address is on this computer, whatever the state of the network. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return name === "localhost" || name === "::1" ||
    (IPV4.test(name) && name.startsWith("127."));
}

/** Writes an address as a short text. */
export function formatAddress(address: Address): string {
  switch (address.kind) {
    case "unix":
      return `unix:${address.path}`;
    case "process":
      return `process:${address.key}`;
    case "tcp":
      return address.hostname.includes(":")
        ? `tcp:[${address.hostname}]:${address.port}`
        : `tcp:${address.hostname}:${address.port}`;
  }
}

/**
 * Reads what {@linkcode formatAddress} wrote.
 *
 * @returns The address, or `null` where the text is none.
 */
export function parseAddress(text: string): Address | null {
  const colon = text.indexOf(":");
  const rest = text.slice(colon + 1);
  if (colon < 0 || rest === "") return null;
  switch (text.slice(0, colon)) {
    case "unix":
      return { kind: "unix", path: rest };
    case "process":
      return { kind: "process", key: rest };
    case "tcp": {
      const match = /^\[?(.+?)\]?:(\d+)$/.exec(rest);
      if (match === null) return null;
      const [, hostname = "", port] = match;
      return { kind: "tcp", hostname, port: Number(port) };
    }
    default:
      return null;
  }
}
