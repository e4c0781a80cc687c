/*
 * librsm: the system calls of a removable storage manager, for a caller in
 * another language. This header is the whole ABI and its manual.
 *
 * Results. Every function gives a number that is not negative, or -errno of
 * the call that failed; errno itself is not part of the interface.
 *
 * Memory. No pointer is kept after return. Buffers are the caller's and stay
 * in place until then. One of the wrong size is -EINVAL, a missing one -EFAULT.
 * Structures cross as bytes of any alignment; rsm_layout() tells their shape.
 *
 * Threads. Every function may be called from any thread at any time. Those that
 * "wait" take as long as the hardware does: they want a thread that can be
 * spared. The caller closes no descriptor that a call still uses.
 *
 * Signals. Functions that wait hold back the calling thread's signals until
 * they return: an interrupted SG_IO would go on in the device while its result
 * was lost, or be sent twice.
 *
 * The library never retries, logs, parses device data or calls back, and has
 * no state of the process but the handle table. Once loaded it stays so (-z
 * nodelete): a call may be under way in a thread whose owner has gone.
 */
#ifndef RSM_H
#define RSM_H

#include <stdint.h>

/* Raised whenever a prototype, a structure or a meaning below changes. */
#define RSM_ABI_VERSION 1

enum {
	RSM_MAX_CDB = 32,
	RSM_MAX_SENSE = 252,
	RSM_MAX_TRANSFER = 16 * 1024 * 1024,
	RSM_VOLUME_TAG = 36,
	RSM_MAX_PAYLOAD = 4096,
	RSM_MAX_KIND = 63,
	RSM_MAX_HANDLES = 131072,
};

enum rsm_direction { RSM_NO_DATA = 0, RSM_FROM_DEVICE = 1, RSM_TO_DEVICE = 2 };

/* One SCSI command: the first half goes in, the second comes out. */
struct rsm_scsi_command {
	uint32_t timeout_ms;    /* in: never 0 */
	uint8_t direction;      /* in: enum rsm_direction */
	uint8_t cdb_length;     /* in: 6 to RSM_MAX_CDB */
	uint8_t reserved[2];    /* in: 0 */
	uint8_t cdb[RSM_MAX_CDB]; /* in */
	uint32_t residual;      /* out: bytes not moved, 0 to data_size */
	uint32_t duration_ms;   /* out */
	uint16_t host_status;   /* out: DID_*, 0 is good */
	uint16_t driver_status; /* out: low nibble 0 is good, 8 means sense */
	uint8_t status;         /* out: SCSI status, 0 is GOOD */
	uint8_t sense_length;   /* out: bytes of sense that are valid */
	uint8_t reserved_out[2]; /* out: 0 */
	uint8_t sense[RSM_MAX_SENSE]; /* out: zeros after sense_length */
};

/* Who is at the other end of a Unix socket, as of its connect(). */
struct rsm_peer {
	int32_t pid;
	uint32_t uid, gid;
};

#pragma GCC visibility push(default)
/* -- The library itself ------------------------------------------------- */

/* RSM_ABI_VERSION of the library, as it was built. */
int32_t rsm_abi_version(void);

/*
 * Entry number `index` of the layout table: writes its name, NUL-terminated,
 * to `name` and gives its value. "scsi_command" is a size, a name such as
 * "scsi_command.cdb" an offset.
 * -ENOENT after the last entry, -ENOBUFS when `name` is too small (64 will do).
 */
int32_t rsm_layout(uint32_t index, char *name, uint32_t name_size);

/* -- Devices (scsi_generic.c) ------------------------------------------- */

/*
 * Opens a character device read-write, without waiting for it, close-on-exec.
 * Gives the descriptor, which the caller owns. Waits while a driver brings
 * the device up.
 * -ENOTTY when the path is not a character device, -EOPNOTSUPP when it is an
 * sg node whose driver is older than version 3; otherwise what open(2) says,
 * of which -EACCES, -ENOENT, -EBUSY and -ENXIO are to be expected.
 */
int32_t rsm_open(const char *path);

/* Closes a descriptor of rsm_open. The number is free even after an error. */
int32_t rsm_close(int32_t fd);

/*
 * Sends one command (struct rsm_scsi_command) and waits for its end. `data`
 * is read or written by the device as `direction` says; its size is the
 * transfer length, 1 to RSM_MAX_TRANSFER, and 0 for RSM_NO_DATA.
 *
 * 0 means that the command went out, not that it succeeded: look at status,
 * host_status and driver_status. After an error the second half is unchanged.
 * -EINVAL for a field or size out of range, -EFAULT for a missing buffer,
 * -EBADF, -ENOTTY for a device that takes no SG_IO, -EPERM where the kernel
 * filters the opcode, -ENODEV or -ENXIO when the device is gone, -ENOMEM.
 */
int32_t rsm_scsi_execute(int32_t fd, void *command, uint32_t command_size,
			 void *data, uint32_t data_size);

/*
 * -- The kernel's changer driver (media_changer.c) -----------------------
 *
 * Types are CHET_* of <linux/chio.h>: 0 transport, 1 storage, 2 import/export,
 * 3 drive, 4 to 7 the vendor's. Units count from 0 within a type.
 * All of these wait. All give -EBADF, -ENOTTY for what is not a changer,
 * -ENODEV when it is gone, and what the driver makes of sense data: -EBADSLT
 * (no such element), -EXFULL (target full), -EBADE (source empty, or
 * import/export was accessed), -EBADRQC (not supported), -EIO (all else).
 */

/* Counts of types 0 to 3 (struct changer_params), 4 to 7 (.._vendor_params). */
int32_t rsm_changer_parameters(int32_t fd, void *out, uint32_t size);
int32_t rsm_changer_vendor_parameters(int32_t fd, void *out, uint32_t size);

/* Gives how many units a type has, and a status byte (CESTATUS_*) for each;
 * -ENOBUFS when `size` is less than that, -EINVAL for an unknown type. */
int32_t rsm_changer_status(int32_t fd, int32_t type, void *out, uint32_t size);

/* All the driver tells about one unit: struct changer_get_element. */
int32_t rsm_changer_element(int32_t fd, int32_t type, int32_t unit, void *out,
			    uint32_t size);

/* Moves a medium. flags: CM_INVERT. */
int32_t rsm_changer_move(int32_t fd, int32_t from_type, int32_t from_unit,
			 int32_t to_type, int32_t to_unit, int32_t flags);

/* Source to first target, what was there to second. flags: CE_INVERT1|2. */
int32_t rsm_changer_exchange(int32_t fd, int32_t source_type,
			     int32_t source_unit, int32_t first_type,
			     int32_t first_unit, int32_t second_type,
			     int32_t second_unit, int32_t flags);

/* Brings the transport before an element. flags: CP_INVERT. */
int32_t rsm_changer_position(int32_t fd, int32_t type, int32_t unit,
			     int32_t flags);

/* Has the changer look at every element; may take an hour. */
int32_t rsm_changer_initialize(int32_t fd);

/* `tag` has up to RSM_VOLUME_TAG bytes. flags: CSV_PVOLTAG|AVOLTAG|CLEARTAG. */
int32_t rsm_changer_set_volume_tag(int32_t fd, int32_t type, int32_t unit,
				   const void *tag, uint32_t tag_size,
				   int32_t flags);

/*
 * -- Handles (handle_table.c) --------------------------------------------
 *
 * A handle is a positive number that stands for some bytes, anywhere in this
 * process. It is never 0 or -1, never given twice, and means nothing in
 * another process or in a forked child: -EBADF there, and after its close.
 * None of these waits but for a lock that is held for moments.
 */

/*
 * Copies `size` bytes (0 to RSM_MAX_PAYLOAD) and gives a handle of `kind`
 * (1 to RSM_MAX_KIND) for them.
 * -EINVAL for a kind or size out of range, -EFAULT, -ENOMEM, -EMFILE when
 * RSM_MAX_HANDLES are open, -EBADF in a forked child.
 */
int64_t rsm_handle_open(uint32_t kind, const void *payload, uint32_t size);

/*
 * Copies the bytes out, counts a reference and gives the number of bytes. Each
 * success is paired with one rsm_handle_release.
 * -EBADF when the handle is not open or of another kind; -ENOBUFS, and no
 * reference, when the bytes do not fit into `size`; -EOVERFLOW.
 */
int32_t rsm_handle_acquire(int64_t handle, uint32_t kind, void *payload,
			   uint32_t size);

/* Gives a reference back, also after the close. -EBADF when none is out. */
int32_t rsm_handle_release(int64_t handle, uint32_t kind);

/*
 * Ends a handle: from now on nothing but releases are taken. Gives the number
 * of references still out; the memory goes with the last of them.
 * -EBADF when it is not open, so of several closers exactly one succeeds.
 */
int32_t rsm_handle_close(int64_t handle, uint32_t kind);

/* -- Unix sockets (unix_socket.c) ----------------------------------------- */

/*
 * Who connected to this accepted socket: struct rsm_peer.
 * -EBADF, -ENOTSOCK, -EAFNOSUPPORT for a socket of another family, -ENOTCONN.
 */
int32_t rsm_peer_credentials(int32_t fd, void *out, uint32_t size);

/* How many descriptors this process may have open; INT32_MAX for any number. */
int32_t rsm_descriptor_limit(void);

/*
 * Sends `text` as one datagram to the service manager's socket ($NOTIFY_SOCKET
 * of sd_notify(3)); a path that begins with @ is an abstract name. Does not
 * wait: -EAGAIN when the receiver's queue is full. -EINVAL for a path that is
 * neither absolute nor abstract or has no room in an address, -ENOENT,
 * -ECONNREFUSED, -EACCES, -EMSGSIZE.
 */
int32_t rsm_notify(const char *path, const void *text, uint32_t size);

#pragma GCC visibility pop
#endif
