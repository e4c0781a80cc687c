/** Errors of system calls, by the names and numbers of Linux. */

/** Numbers are those of x86_64 and arm64, which agree. */
const NAMES: Readonly<Record<number, string>> = {
  1: "EPERM",
  2: "ENOENT",
  3: "ESRCH",
  4: "EINTR",
  5: "EIO",
  6: "ENXIO",
  7: "E2BIG",
  8: "ENOEXEC",
  9: "EBADF",
  10: "ECHILD",
  11: "EAGAIN",
  12: "ENOMEM",
  13: "EACCES",
  14: "EFAULT",
  15: "ENOTBLK",
  16: "EBUSY",
  17: "EEXIST",
  18: "EXDEV",
  19: "ENODEV",
  20: "ENOTDIR",
  21: "EISDIR",
  22: "EINVAL",
  23: "ENFILE",
  24: "EMFILE",
  25: "ENOTTY",
  26: "ETXTBSY",
  27: "EFBIG",
  28: "ENOSPC",
  29: "ESPIPE",
  30: "EROFS",
  31: "EMLINK",
  32: "EPIPE",
  33: "EDOM",
  34: "ERANGE",
  35: "EDEADLK",
  36: "ENAMETOOLONG",
  37: "ENOLCK",
  38: "ENOSYS",
  39: "ENOTEMPTY",
  40: "ELOOP",
  42: "ENOMSG",
  43: "EIDRM",
  44: "ECHRNG",
  45: "EL2NSYNC",
  46: "EL3HLT",
  47: "EL3RST",
  48: "ELNRNG",
  49: "EUNATCH",
  50: "ENOCSI",
  51: "EL2HLT",
  52: "EBADE",
  53: "EBADR",
  54: "EXFULL",
  55: "ENOANO",
  56: "EBADRQC",
  57: "EBADSLT",
  59: "EBFONT",
  60: "ENOSTR",
  61: "ENODATA",
  62: "ETIME",
  63: "ENOSR",
  64: "ENONET",
  65: "ENOPKG",
  66: "EREMOTE",
  67: "ENOLINK",
  68: "EADV",
  69: "ESRMNT",
  70: "ECOMM",
  71: "EPROTO",
  72: "EMULTIHOP",
  73: "EDOTDOT",
  74: "EBADMSG",
  75: "EOVERFLOW",
  76: "ENOTUNIQ",
  77: "EBADFD",
  78: "EREMCHG",
  79: "ELIBACC",
  80: "ELIBBAD",
  81: "ELIBSCN",
  82: "ELIBMAX",
  83: "ELIBEXEC",
  84: "EILSEQ",
  85: "ERESTART",
  86: "ESTRPIPE",
  87: "EUSERS",
  88: "ENOTSOCK",
  89: "EDESTADDRREQ",
  90: "EMSGSIZE",
  91: "EPROTOTYPE",
  92: "ENOPROTOOPT",
  93: "EPROTONOSUPPORT",
  94: "ESOCKTNOSUPPORT",
  95: "EOPNOTSUPP",
  96: "EPFNOSUPPORT",
  97: "EAFNOSUPPORT",
  98: "EADDRINUSE",
  99: "EADDRNOTAVAIL",
  100: "ENETDOWN",
  101: "ENETUNREACH",
  102: "ENETRESET",
  103: "ECONNABORTED",
  104: "ECONNRESET",
  105: "ENOBUFS",
  106: "EISCONN",
  107: "ENOTCONN",
  108: "ESHUTDOWN",
  109: "ETOOMANYREFS",
  110: "ETIMEDOUT",
  111: "ECONNREFUSED",
  112: "EHOSTDOWN",
  113: "EHOSTUNREACH",
  114: "EALREADY",
  115: "EINPROGRESS",
  116: "ESTALE",
  117: "EUCLEAN",
  118: "ENOTNAM",
  119: "ENAVAIL",
  120: "EISNAM",
  121: "EREMOTEIO",
  122: "EDQUOT",
  123: "ENOMEDIUM",
  124: "EMEDIUMTYPE",
  125: "ECANCELED",
  126: "ENOKEY",
  127: "EKEYEXPIRED",
  128: "EKEYREVOKED",
  129: "EKEYREJECTED",
  130: "EOWNERDEAD",
  131: "ENOTRECOVERABLE",
  132: "ERFKILL",
  133: "EHWPOISON",
};

/** What the calls of this folder mean by them, where the name says too little. */
const MEANINGS: Readonly<Record<string, string>> = {
  EPERM: "the kernel does not permit this command to this user",
  ENOENT: "there is no such file",
  EINTR: "interrupted by a signal",
  EIO: "input/output error",
  ENXIO: "the device is not there or is going away",
  EBADF: "it is closed, or never was open in this process",
  EAGAIN: "the other side has no room just now",
  ENOMEM: "out of memory",
  EACCES: "permission denied; `ls -l` shows the group that may use it",
  EBUSY: "another program holds it exclusively",
  ENODEV: "the device has gone",
  EINVAL: "an argument is out of range",
  EMFILE: "too many are open",
  ENFILE: "too many files are open on this computer",
  ENOTTY: "it is not a device that knows this request",
  EROFS: "it is write-protected",
  EDOM: "too many commands are queued on this descriptor",
  EXFULL: "the destination element is full",
  EBADE:
    "the source element is empty, or an import/export element was accessed",
  EBADRQC: "the changer does not support this",
  EBADSLT: "there is no such element",
  ENOTSOCK: "it is not a socket",
  EMSGSIZE: "it is too long",
  EOPNOTSUPP: "the driver is too old for SG_IO",
  EAFNOSUPPORT: "it is not a Unix socket",
  ENOBUFS: "the buffer is too small",
  ENOTCONN: "it is not connected",
  ECONNREFUSED: "nobody listens",
  ENOMEDIUM: "there is no medium",
};

/** What was called, and on what. */
export interface FailedCall {
  /** The system call, ioctl or library function: `open`, `SG_IO`, `CHIOMOVE`. */
  readonly syscall: string;
  /** Completes "Cannot ...": `open`, `send a SCSI command to`. */
  readonly act: string;
  /** The device or socket, if the call was on one. */
  readonly path?: string;
}

/** A system call that the kernel refused. */
export class ErrnoError extends Error {
  /** Always "ErrnoError". */
  override readonly name = "ErrnoError";
  /** The positive number. */
  readonly errno: number;
  /** Its name, such as `EACCES`. */
  readonly code: string;
  /** The system call, ioctl or library function. */
  readonly syscall: string;
  /** The device or socket, where there is one. */
  readonly path: string | undefined;

  /**
   * Puts the error into words.
   *
   * @param errno The positive number.
   * @param call What was called, and on what.
   */
  constructor(errno: number, call: FailedCall) {
    const code = errnoName(errno);
    const object = call.path === undefined ? "" : ` "${call.path}"`;
    const meaning = MEANINGS[code];
    super(
      `Cannot ${call.act}${object}: ` +
        (meaning === undefined ? code : `${meaning} (${code})`),
    );
    this.errno = errno;
    this.code = code;
    this.syscall = call.syscall;
    this.path = call.path;
  }
}

/**
 * The name of an error number.
 *
 * @param errno The positive number.
 * @returns Its name, or the number itself as text where it has none.
 */
export function errnoName(errno: number): string {
  return NAMES[errno] ?? `errno ${errno}`;
}

/**
 * Turns the library's way of telling errors into an exception.
 *
 * @param result What a function of rsm.h gave.
 * @param call What was called, and on what.
 * @returns The result, which is not negative.
 * @throws {ErrnoError} When the result is negative.
 */
export function checkResult(result: number, call: FailedCall): number {
  if (result < 0) throw new ErrnoError(-result, call);
  return result;
}
