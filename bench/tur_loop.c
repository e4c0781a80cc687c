/*
 * The yardstick of bench/ffi_bench.ts: TEST UNIT READY in a plain C loop, with
 * neither librsm nor FFI between it and the kernel.
 *
 *   cc -O2 -shared -fPIC -o tur_loop.so tur_loop.c
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <scsi/sg.h>

static int test_unit_ready(int fd)
{
	unsigned char cdb[6] = { 0 }, sense[252] = { 0 };
	struct sg_io_hdr header;

	memset(&header, 0, sizeof(header));
	header.interface_id = 'S';
	header.dxfer_direction = SG_DXFER_NONE;
	header.cmd_len = sizeof(cdb);
	header.cmdp = cdb;
	header.mx_sb_len = sizeof(sense);
	header.sbp = sense;
	header.timeout = 10000;
	return ioctl(fd, SG_IO, &header);
}

/* Sends `count` commands; gives the nanoseconds they took, or -errno. */
int64_t tur_loop(const char *device, int32_t count)
{
	int fd = open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	struct timespec began, ended;
	int result = fd;

	clock_gettime(CLOCK_MONOTONIC, &began);
	for (int32_t i = 0; i < count && result >= 0; i++)
		result = test_unit_ready(fd);
	if (result < 0)
		result = -errno;
	clock_gettime(CLOCK_MONOTONIC, &ended);
	if (fd >= 0)
		close(fd);
	if (result < 0)
		return result;
	return (ended.tv_sec - began.tv_sec) * INT64_C(1000000000) +
	       (ended.tv_nsec - began.tv_nsec);
}
